using Ops.Collectors.Datasources;
using Ops.Collectors.Hooks;
using Ops.Collectors.Snmp;
using Ops.Collectors.Snmp.Meters;
using Ops.Model;

namespace Ops.Server.Config;

/// <summary>Sorts the files of <c>datasources</c> by who reads them: the folder that they lie in.</summary>
public static class DatasourceFiles
{
    private const string HooksFolder = "hooks/";
    private const string SnmpFolder = "snmp/";

    /// <summary>Inbound webhooks: the files of <c>datasources/hooks</c>.</summary>
    public static IReadOnlyList<HookConfig> Hooks(ConfigFolder folder, ConfigFaults faults) =>
    [
        .. In(folder, HooksFolder)
            .Select(file => folder.Read(file, faults) is { } root
                ? HookConfigReader.Read(root, file.Name[HooksFolder.Length..], faults)
                : null)
            .OfType<HookConfig>(),
    ];

    /// <summary>Meters of SNMP that the user declares: the files of <c>datasources/snmp</c>.</summary>
    public static IReadOnlyList<SnmpMeter> SnmpMeters(ConfigFolder folder, ConfigFaults faults) =>
    [
        .. In(folder, SnmpFolder).SelectMany(file => folder.Read(file, faults) is { } root
            ? SnmpMetersReader.Read(root, faults)
            : []),
    ];

    /// <summary>Datasources and dynamic pollsters: all files that lie in no folder of another kind.</summary>
    public static DatasourceSet Datasources(ConfigFolder folder, DatasourceOptions options, ConfigFaults faults)
    {
        var files = folder.Files(ConfigConcern.Datasources)
            .Where(file => !file.Name.StartsWith(HooksFolder, StringComparison.Ordinal)
                && !file.Name.StartsWith(SnmpFolder, StringComparison.Ordinal))
            .Select(file => (File: file.ShownAs, Root: folder.Read(file, faults)))
            .Where(file => file.Root is not null)
            .Select(file => (file.File, file.Root!));
        return DatasourceSet.Read([.. files], faults, options);
    }

    private static IEnumerable<ConfigFile> In(ConfigFolder folder, string prefix) =>
        folder.Files(ConfigConcern.Datasources)
            .Where(file => file.Name.StartsWith(prefix, StringComparison.Ordinal));
}

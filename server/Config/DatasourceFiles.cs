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

    private static IEnumerable<ConfigFile> In(ConfigFolder folder, string prefix) =>
        folder.Files(ConfigConcern.Datasources)
            .Where(file => file.Name.StartsWith(prefix, StringComparison.Ordinal));
}

using System.Collections.Immutable;
using Ops.Alarms.Rules;
using Ops.Collectors.Notifications.Events;
using Ops.Collectors.Notifications.Meters;
using Ops.Collectors.Polling;
using Ops.Model;
using Ops.Pipeline.Configuration;
using Ops.Pipeline.Events;
using Ops.Rca.Evaluation.Strata;
using Ops.Rca.StateValues;
using Ops.Rca.Templates;
using Ops.Remediation.Notifications.Routes;

namespace Ops.Server.Config;

/// <summary>
/// Reads each concern of a configuration into what its room works by; the server and <c>ops check</c> share it.
/// </summary>
/// <remarks>
/// Every method reads all files of its concern and reports every fault; nothing is put in force here.
/// </remarks>
public static class ConfigDocuments
{
    private const string RoutesName = "notifications";

    /// <summary>
    /// Sources and sinks; null where there are faults, an empty pipeline where the file is empty or absent.
    /// </summary>
    public static PipelineConfig? Pipeline(
        ConfigFolder folder, ConfigFaults faults, IReadOnlyCollection<string>? publisherSchemes = null)
    {
        var before = faults.All.Count;
        var root = folder.Read(ConfigConcern.Pipeline, faults);
        if (faults.All.Count > before)
        {
            return null;
        }

        root ??= YamlReader.Read("{sources: [], sinks: []}", ConfigConcern.Pipeline.Name, faults);
        return PipelineConfig.Read(root, root!.File, faults, publisherSchemes);
    }

    /// <summary>Sources and sinks of events; nothing where the file is empty or absent, or has faults.</summary>
    public static EventPipelineConfig EventPipeline(ConfigFolder folder, ConfigFaults faults)
    {
        var root = folder.Read(ConfigConcern.EventPipeline, faults);
        var read = root is null ? null : EventPipelineConfig.Read(root, root.File, faults);
        return read ?? EventPipelineConfig.Empty;
    }

    /// <summary>What is polled; nothing where the file is empty or absent, or has faults.</summary>
    public static PollingConfig Polling(ConfigFolder folder, ConfigFaults faults)
    {
        var root = folder.Read(ConfigConcern.Polling, faults);
        var read = root is null ? null : PollingFile.Read(root, root.File, faults);
        return read ?? PollingConfig.None;
    }

    /// <summary>How notifications become events; by the defaults where the file is absent or has faults.</summary>
    public static EventDefinitions EventDefinitions(ConfigFolder folder, ConfigFaults faults)
    {
        var root = folder.Read(ConfigConcern.EventDefinitions, faults);
        var file = root?.File ?? ConfigConcern.EventDefinitions.Name;
        return Collectors.Notifications.Events.EventDefinitions.Read(root, file, faults)
            ?? Collectors.Notifications.Events.EventDefinitions.Empty;
    }

    /// <summary>How notifications become samples, of all files.</summary>
    public static MeterDefinitions MeterDefinitions(ConfigFolder folder, ConfigFaults faults) =>
        Collectors.Notifications.Meters.MeterDefinitions.Read(folder.ReadAll(ConfigConcern.Meters, faults), faults)
            ?? Collectors.Notifications.Meters.MeterDefinitions.Empty;

    /// <summary>Alarm rules of all files.</summary>
    public static IReadOnlyList<AlarmRule> AlarmRules(ConfigFolder folder, ConfigFaults faults) =>
        AlarmRuleReader.Read(folder.ReadAll(ConfigConcern.Alarms, faults), faults);

    /// <summary>State values of all types.</summary>
    public static StateValueSet StateValues(ConfigFolder folder, ConfigFaults faults) =>
        new([
            .. folder.Files(ConfigConcern.StateValues)
                .Select(file => StateValueTable(folder, file, faults))
                .OfType<StateValueTable>(),
        ]);

    /// <summary>Templates of all files, judged together.</summary>
    public static TemplateSet Templates(ConfigFolder folder, StateValueSet stateValues, ConfigFaults faults)
    {
        var set = TemplateSetReader.Read(TemplateDocuments(folder), check: OscillationCheck.With(stateValues));
        foreach (var fault in set.Faults)
        {
            faults.Add(fault);
        }

        return set;
    }

    /// <summary>The files of templates as parsed.</summary>
    public static IReadOnlyList<TemplateDocument> TemplateDocuments(ConfigFolder folder) =>
    [
        .. folder.Files(ConfigConcern.Templates).Select(file =>
        {
            var own = new ConfigFaults();
            var root = folder.Read(file, own);
            return new TemplateDocument(file.ShownAs, root, [.. own.All]);
        }),
    ];

    /// <summary>Notification routes, from <c>policies/notifications.yaml</c>.</summary>
    public static IReadOnlyList<NotificationRoute> Routes(ConfigFolder folder, ConfigFaults faults)
    {
        var file = folder.Files(ConfigConcern.Policies).FirstOrDefault(one => NameOf(one) == RoutesName);
        return NotificationRouteReader.Read(file is null ? null : folder.Read(file, faults), faults);
    }

    /// <summary>How each concern is validated; those that no room reads yet are warned of.</summary>
    public static IReadOnlyDictionary<ConfigConcern, Cli.ConcernCheck> Checks() =>
        new Dictionary<ConfigConcern, Cli.ConcernCheck>
        {
            [ConfigConcern.Program] = (folder, faults) => OpsOptionsReader.Read(folder, faults),
            [ConfigConcern.Pipeline] = (folder, faults) => Pipeline(folder, faults),
            [ConfigConcern.Alarms] = (folder, faults) => AlarmRules(folder, faults),
            [ConfigConcern.StateValues] = (folder, faults) => StateValues(folder, faults),
            [ConfigConcern.Templates] = (folder, faults) =>
                Templates(folder, StateValues(folder, new ConfigFaults()), faults),
            [ConfigConcern.Policies] = CheckPolicies,
            [ConfigConcern.Polling] = (folder, faults) => Polling(folder, faults),
            [ConfigConcern.EventPipeline] = (folder, faults) => EventPipeline(folder, faults),
            [ConfigConcern.EventDefinitions] = (folder, faults) => EventDefinitions(folder, faults),
            [ConfigConcern.Datasources] = (folder, faults) =>
            {
                DatasourceFiles.Hooks(folder, faults);
                DatasourceFiles.SnmpMeters(folder, faults);
                var options = OpsOptionsReader.Read(folder, new ConfigFaults()).Collectors.Datasources;
                DatasourceFiles.Datasources(folder, options, faults);
            },
            [ConfigConcern.Meters] = (folder, faults) => MeterDefinitions(folder, faults),
            [ConfigConcern.Workflows] = (folder, faults) => WarnUnread(ConfigConcern.Workflows, folder, faults),
        }.ToImmutableDictionary();

    private static StateValueTable? StateValueTable(ConfigFolder folder, ConfigFile file, ConfigFaults faults) =>
        folder.Read(file, faults) is { } root ? StateValuesReader.Read(root, NameOf(file), faults) : null;

    private static void CheckPolicies(ConfigFolder folder, ConfigFaults faults)
    {
        Routes(folder, faults);
        foreach (var file in folder.Files(ConfigConcern.Policies).Where(file => NameOf(file) != RoutesName))
        {
            WarnUnread(folder, file, faults);
        }
    }

    private static void WarnUnread(ConfigConcern concern, ConfigFolder folder, ConfigFaults faults)
    {
        foreach (var file in folder.Files(concern))
        {
            WarnUnread(folder, file, faults);
        }
    }

    private static void WarnUnread(ConfigFolder folder, ConfigFile file, ConfigFaults faults)
    {
        folder.Read(file, faults);
        faults.Warn(ConfigNode.Scalar(null, false, file.ShownAs, 0, 0), "nothing reads this file yet");
    }

    private static string NameOf(ConfigFile file) => Path.GetFileNameWithoutExtension(file.Path);
}

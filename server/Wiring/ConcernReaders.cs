using Ops.Alarms.Rules;
using Ops.Model;
using Ops.Pipeline.Configuration;
using Ops.Rca.Evaluation.Strata;
using Ops.Rca.StateValues;
using Ops.Rca.Templates;
using Ops.Remediation.Notifications.Routes;
using Ops.Server.Config;

namespace Ops.Server.Wiring;

/// <summary>Reads each concern of the configuration into the records of its room. <c>ops check</c> and the server both use these.</summary>
internal static class ConcernReaders
{
    private const string NotificationsFile = "notifications";

    /// <summary>What <c>ops check</c> runs for each concern.</summary>
    public static IReadOnlyDictionary<ConfigConcern, Cli.ConcernCheck> Checks { get; } =
        new Dictionary<ConfigConcern, Cli.ConcernCheck>
        {
            [ConfigConcern.Pipeline] = (folder, faults) => Pipeline(folder, faults),
            [ConfigConcern.Alarms] = (folder, faults) => Alarms(folder, faults),
            [ConfigConcern.StateValues] = (folder, faults) => StateValues(folder, faults),
            [ConfigConcern.Templates] = (folder, faults) => Templates(folder, faults),
            [ConfigConcern.Policies] = (folder, faults) => Routes(folder, faults),
        };

    /// <summary>The pipelines; one that is empty takes nothing.</summary>
    public static PipelineConfig? Pipeline(ConfigFolder folder, ConfigFaults faults) =>
        PipelineConfig.Read(
            folder.Read(ConfigConcern.Pipeline, faults),
            folder.Files(ConfigConcern.Pipeline) is [var file] ? file.ShownAs : ConfigConcern.Pipeline.Name,
            faults);

    /// <summary>The alarm rules of all files.</summary>
    public static IReadOnlyList<AlarmRule> Alarms(ConfigFolder folder, ConfigFaults faults) =>
        AlarmRuleReader.Read(folder.ReadAll(ConfigConcern.Alarms, faults), faults);

    /// <summary>The state values; a file is named after the entity type it is of.</summary>
    public static StateValueSet StateValues(ConfigFolder folder, ConfigFaults faults) =>
        new(folder.Files(ConfigConcern.StateValues).Select(file => StateValues(folder, file, faults))
            .OfType<StateValueTable>());

    /// <summary>The templates of all files as one set, checked for cycles through negation.</summary>
    public static TemplateSet Templates(ConfigFolder folder, ConfigFaults faults)
    {
        var documents = folder.Files(ConfigConcern.Templates).Select(file =>
        {
            var own = new ConfigFaults();
            var root = folder.Read(file, own);
            return new TemplateDocument(file.ShownAs, root, [.. own.All]);
        }).ToList();
        var set = TemplateSetReader.Read(documents, check: OscillationCheck.With(StateValues(folder, new ConfigFaults())));
        foreach (var fault in set.Faults)
        {
            faults.Add(fault);
        }

        return set;
    }

    /// <summary>The notification routes.</summary>
    public static IReadOnlyList<NotificationRoute> Routes(ConfigFolder folder, ConfigFaults faults)
    {
        IReadOnlyList<NotificationRoute> routes = [];
        foreach (var file in folder.Files(ConfigConcern.Policies))
        {
            var root = folder.Read(file, faults);
            if (Path.GetFileNameWithoutExtension(file.Path) == NotificationsFile)
            {
                routes = NotificationRouteReader.Read(root, faults);
            }
            else if (root is not null)
            {
                faults.Add(root, $"nothing reads this policy; there is: {NotificationsFile}.yaml"
                    + NearestName.Hint(Path.GetFileNameWithoutExtension(file.Path), [NotificationsFile]));
            }
        }

        return routes;
    }

    private static StateValueTable? StateValues(ConfigFolder folder, ConfigFile file, ConfigFaults faults) =>
        folder.Read(file, faults) is { } root
            ? StateValuesReader.Read(root, Path.GetFileNameWithoutExtension(file.Path), faults)
            : null;
}

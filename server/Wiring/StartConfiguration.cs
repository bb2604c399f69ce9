using Ops.Alarms.Rules;
using Ops.Collectors.Datasources;
using Ops.Collectors.Hooks;
using Ops.Collectors.Notifications.Events;
using Ops.Collectors.Notifications.Meters;
using Ops.Collectors.Polling;
using Ops.Collectors.Snmp.Meters;
using Ops.Model;
using Ops.Pipeline.Configuration;
using Ops.Pipeline.Events;
using Ops.Rca.StateValues;
using Ops.Rca.Templates;
using Ops.Remediation.Notifications.Routes;
using Ops.Server.Api.Security;
using Ops.Server.Cli;
using Ops.Server.Config;

namespace Ops.Server.Wiring;

/// <summary>The whole configuration that a server starts with.</summary>
internal sealed record StartConfiguration
{
    public required ConfigFolder Folder { get; init; }

    public required OpsOptions Options { get; init; }

    public required PipelineConfig? Pipeline { get; init; }

    public required PollingConfig Polling { get; init; }

    public required EventPipelineConfig EventPipeline { get; init; }

    public required EventDefinitions EventDefinitions { get; init; }

    public required MeterDefinitions MeterDefinitions { get; init; }

    public required DatasourceSet Datasources { get; init; }

    public required IReadOnlyList<HookConfig> Hooks { get; init; }

    public required IReadOnlyList<SnmpMeter> SnmpMeters { get; init; }

    public required IReadOnlyList<AlarmRule> Rules { get; init; }

    public required StateValueSet StateValues { get; init; }

    public required TemplateSet Templates { get; init; }

    public required IReadOnlyList<NotificationRoute> Routes { get; init; }

    /// <summary>Reads all concerns; every fault of every file is reported.</summary>
    public static StartConfiguration Read(ConfigFolder folder, ServeOptions asked, ConfigFaults faults)
    {
        var stateValues = ConfigDocuments.StateValues(folder, faults);
        var options = Overlay(OpsOptionsReader.Read(folder, faults), asked, faults);
        return new StartConfiguration
        {
            Folder = folder,
            Options = options,
            Pipeline = ConfigDocuments.Pipeline(folder, faults),
            Polling = ConfigDocuments.Polling(folder, faults),
            EventPipeline = ConfigDocuments.EventPipeline(folder, faults),
            EventDefinitions = ConfigDocuments.EventDefinitions(folder, faults),
            MeterDefinitions = ConfigDocuments.MeterDefinitions(folder, faults),
            Datasources = DatasourceFiles.Datasources(folder, options.Collectors.Datasources, faults),
            SnmpMeters = DatasourceFiles.SnmpMeters(folder, faults),
            Hooks = DatasourceFiles.Hooks(folder, faults),
            Rules = ConfigDocuments.AlarmRules(folder, faults),
            StateValues = stateValues,
            Templates = ConfigDocuments.Templates(folder, stateValues, faults),
            Routes = ConfigDocuments.Routes(folder, faults),
        };
    }

    private static OpsOptions Overlay(OpsOptions options, ServeOptions asked, ConfigFaults faults)
    {
        if (asked.DataFolder is { } data)
        {
            options = options with { DataFolder = data };
        }

        if (asked.Listen is not { } listen)
        {
            return options;
        }

        var addresses = ListenAddress.ParseAll(listen, out var fault);
        if (fault is not null)
        {
            faults.Add(new ConfigFault("--listen", 0, 0, fault));
        }

        return options with { Listen = addresses };
    }
}

using Ops.Alarms;
using Ops.Collectors.Machine;
using Ops.Model;
using Ops.Pipeline;
using Ops.Pipeline.Events;
using Ops.Rca.Live;
using Ops.Remediation.Notifications;
using Ops.Storage;

namespace Ops.Server.Wiring;

/// <summary>The rooms of a running program, as they were built, in the order in which data passes them.</summary>
internal sealed record Rooms
{
    public required SeriesCatalog Catalog { get; init; }

    /// <summary>Null where the machine is not observed.</summary>
    public required MachineCollector? Machine { get; init; }

    /// <summary>What polls and listens beside the machine's own collector.</summary>
    public required CollectorSet Collectors { get; init; }

    public required SamplePipeline Pipeline { get; init; }

    public required EventPipeline EventPipeline { get; init; }

    public required Store Store { get; init; }

    public required AlarmEvaluator Alarms { get; init; }

    public required RcaEngine Rca { get; init; }

    public required TemplateLibrary Templates { get; init; }

    public required WebhookNotifier Notifier { get; init; }
}

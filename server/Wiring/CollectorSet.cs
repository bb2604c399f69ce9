using Ops.Collectors;
using Ops.Collectors.Hooks;
using Ops.Collectors.Notifications.Events;
using Ops.Collectors.Notifications.Meters;
using Ops.Collectors.Otlp;
using Ops.Collectors.Polling;
using Ops.Collectors.RemoteWrite;

namespace Ops.Server.Wiring;

/// <summary>What polls and listens, and what takes the bodies that the HTTP side receives.</summary>
internal sealed record CollectorSet
{
    /// <summary>Everything with a loop of its own.</summary>
    public required IReadOnlyList<ICollector> Running { get; init; }

    public required PollingAgent Polling { get; init; }

    public required Pollsters Pollsters { get; init; }

    public required EventConsumer EventConsumer { get; init; }

    public required MeterConsumer MeterConsumer { get; init; }

    public required OtlpReceiver Otlp { get; init; }

    public required RemoteWriteReceiver RemoteWrite { get; init; }

    public required HookReceiver Hooks { get; init; }
}

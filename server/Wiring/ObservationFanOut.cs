using Ops.Model;

namespace Ops.Server.Wiring;

/// <summary>Gives observations to several sinks: first the graph, then the alarms of entities that are gone.</summary>
internal sealed class ObservationFanOut(params IObservationSink[] sinks) : IObservationSink
{
    public async ValueTask AcceptAsync(IReadOnlyList<Observation> observations, CancellationToken cancellationToken)
    {
        foreach (var sink in sinks)
        {
            await sink.AcceptAsync(observations, cancellationToken);
        }
    }
}

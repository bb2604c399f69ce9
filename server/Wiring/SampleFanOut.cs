using Ops.Model;

namespace Ops.Server.Wiring;

/// <summary>
/// Gives each batch to several sinks, one after the other: first the store, then the alarms that judge it.
/// </summary>
internal sealed class SampleFanOut(params ISampleSink[] sinks) : ISampleSink
{
    public async ValueTask AcceptAsync(SampleBatch batch, CancellationToken cancellationToken)
    {
        foreach (var sink in sinks)
        {
            await sink.AcceptAsync(batch, cancellationToken);
        }
    }
}

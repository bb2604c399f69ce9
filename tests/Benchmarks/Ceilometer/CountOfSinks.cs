using Ops.Model;
using Ops.Pipeline;

namespace Ops.Benchmarks.Ceilometer;

/// <summary>Counts what leaves each sink.</summary>
internal sealed class CountOfSinks : IPipelineOutput
{
    public Dictionary<string, long> Counts { get; } = new(StringComparer.Ordinal);

    public void Publish(PipelineRoute route, in Sample sample)
    {
        ref var count = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(
            Counts, route.Sink.Name, out _);
        count++;
    }
}

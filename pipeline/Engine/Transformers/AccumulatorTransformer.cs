using Ops.Model;

namespace Ops.Pipeline.Transformers;

/// <summary>Keeps samples until a flush finds at least <c>size</c> of them; a size under 1 keeps none.</summary>
/// <remarks>It holds at most <see cref="SamplesMax"/>, which then leave at the next flush whatever the size.
/// Source: Ceilometer 8 (Ocata), accumulator.</remarks>
internal sealed class AccumulatorTransformer(int size) : Transformer
{
    /// <summary>The most samples that are kept.</summary>
    public const int SamplesMax = 1_000_000;

    private readonly List<FlushedSample> _kept = [];

    public override bool Flushes => size >= 1;

    public override SampleFate Handle(ref Sample sample, PipelineRoute route)
    {
        if (size < 1)
        {
            return SampleFate.Passed;
        }

        _kept.Add(new FlushedSample(sample, route));
        return SampleFate.Held;
    }

    public override int Flush(List<FlushedSample> into)
    {
        if (size >= 1 && _kept.Count >= Math.Min(size, SamplesMax))
        {
            into.AddRange(_kept);
            _kept.Clear();
        }

        return 0;
    }
}

using Ops.Pipeline.Transformers;

namespace Ops.Pipeline;

/// <summary>What the pipelines did so far. Written by the one thread that runs them, read by any.</summary>
/// <remarks>A sample that several pipelines take counts once as received and once for each as published or
/// dropped.</remarks>
public sealed class PipelineCounts
{
    private readonly long[] _byFate = new long[SampleFates.Count];
    private long _received;

    /// <summary>Samples that came in.</summary>
    public long Received => Volatile.Read(ref _received);

    /// <summary>Samples that pipelines let out.</summary>
    public long Published => Of(SampleFate.Passed);

    /// <summary>Samples that transformers took to merge or keep until a flush.</summary>
    public long Held => Of(SampleFate.Held);

    /// <summary>Samples dropped so far by reason; reasons that did not occur are left out.</summary>
    public IReadOnlyDictionary<string, long> Dropped => Enum.GetValues<SampleFate>()
        .Where(fate => fate > SampleFate.Held && Of(fate) > 0)
        .ToDictionary(fate => fate.Word(), Of);

    internal long Of(SampleFate fate) => Volatile.Read(ref _byFate[(int)fate]);

    internal void AddReceived(int count) => Volatile.Write(ref _received, _received + count);

    /// <summary>Counts samples of one fate and returns how many there are now.</summary>
    internal long Add(SampleFate fate, int count = 1)
    {
        var now = _byFate[(int)fate] + count;
        Volatile.Write(ref _byFate[(int)fate], now);
        return now;
    }
}

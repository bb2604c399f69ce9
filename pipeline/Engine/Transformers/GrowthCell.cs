using Ops.Model;

namespace Ops.Pipeline.Transformers;

/// <summary>The last sample of a series, for what is worked out from one sample to the next.</summary>
internal sealed class GrowthCell(Series output) : ConversionCell(output)
{
    /// <summary>Whether there was a sample yet.</summary>
    public bool HasLast;

    /// <summary>Its volume.</summary>
    public double LastVolume;

    /// <summary>Its time in nanoseconds since the epoch.</summary>
    public long LastNs;

    /// <summary>Its monotonic time in seconds, or NaN.</summary>
    public double LastMonotonicSeconds;

    /// <summary>Keeps the sample as the last.</summary>
    public void Keep(in Sample sample)
    {
        HasLast = true;
        LastVolume = sample.Volume;
        LastNs = sample.TimestampNs;
        LastMonotonicSeconds = sample.MonotonicSeconds;
    }
}

using Ops.Model;

namespace Ops.Pipeline.Transformers;

/// <summary>The time between two samples.</summary>
internal static class Elapsed
{
    /// <summary>Beyond this many nanoseconds (104 days) a double no longer holds each one.</summary>
    private const long ExactNsMax = 1L << 53;

    /// <summary>Seconds from the last sample to this one: by the monotonic clock where both have it.</summary>
    public static double Seconds(GrowthCell last, in Sample sample)
    {
        var monotonic = sample.MonotonicSeconds - last.LastMonotonicSeconds;
        return double.IsNaN(monotonic) ? WallSeconds(last, sample) : monotonic;
    }

    /// <summary>Seconds from the last sample to this one by their timestamps.</summary>
    public static double WallSeconds(GrowthCell last, in Sample sample)
    {
        var ns = (Int128)sample.TimestampNs - last.LastNs;
        return ns <= ExactNsMax && ns >= -ExactNsMax ? (long)ns / 1e9 : (double)(ns / 1000) / 1e6;
    }
}

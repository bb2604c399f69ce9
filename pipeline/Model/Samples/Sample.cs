namespace Ops.Model;

/// <summary>One measurement of a meter on a resource.</summary>
/// <param name="Series">What was measured.</param>
/// <param name="Context">Kind, unit, owner and metadata.</param>
/// <param name="TimestampNs">When, in nanoseconds since the Unix epoch, UTC.</param>
/// <param name="Volume">The value, in the context's unit; never NaN or infinite.</param>
/// <param name="MonotonicSeconds">
/// A reading of a clock that never jumps, taken with the value; NaN when there is none.
/// </param>
public readonly record struct Sample(
    Series Series, SampleContext Context, long TimestampNs, double Volume, double MonotonicSeconds = double.NaN);

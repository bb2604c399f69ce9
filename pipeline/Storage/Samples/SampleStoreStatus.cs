namespace Ops.Storage.Samples;

/// <summary>How the sample store fares.</summary>
/// <param name="Counts">What became of the samples.</param>
/// <param name="Series">How many series it knows.</param>
/// <param name="LastError">Why the disk takes nothing at present, or null when it does.</param>
public sealed record SampleStoreStatus(SampleCounts Counts, int Series, string? LastError);

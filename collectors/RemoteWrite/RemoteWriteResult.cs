namespace Ops.Collectors.RemoteWrite;

/// <summary>What became of a request.</summary>
/// <param name="Samples">Samples that were taken.</param>
/// <param name="Stale">Marks that a series ended, passed over.</param>
/// <param name="Skipped">Values that are no finite number, passed over.</param>
/// <param name="Refused">Series that were refused.</param>
/// <param name="Message">Why something was refused, or null.</param>
/// <param name="IsMalformed">Whether the request could not be read to its end; what stood before was taken.</param>
public sealed record RemoteWriteResult(
    long Samples, long Stale, long Skipped, long Refused, string? Message, bool IsMalformed);

namespace Ops.Collectors.Otlp;

/// <summary>What became of a request.</summary>
/// <param name="Accepted">Data points or log records that were taken.</param>
/// <param name="Rejected">Those that were not.</param>
/// <param name="Message">Why, or null.</param>
/// <param name="IsMalformed">
/// Whether the request could not be read to its end; what stood before was taken, and it must not be sent again.
/// </param>
public sealed record OtlpResult(long Accepted, long Rejected, string? Message, bool IsMalformed);

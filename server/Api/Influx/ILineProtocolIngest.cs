using Ops.Collectors.InfluxLine;
namespace Ops.Server.Api.Influx;

/// <summary>Takes bodies of Influx line protocol. Safe for concurrent use.</summary>
public interface ILineProtocolIngest
{
    /// <summary>Begins a body.</summary>
    /// <param name="database">The database or bucket that the client names, or null.</param>
    /// <param name="precision">The unit of its timestamps.</param>
    ILineProtocolBody Begin(string? database, TimestampPrecision precision);
}

/// <summary>One body of line protocol that comes in pieces. Not safe for concurrent use.</summary>
public interface ILineProtocolBody : IDisposable
{
    /// <summary>Takes a piece, which may end within a line; when done, its bytes may be reused.</summary>
    ValueTask FeedAsync(ReadOnlyMemory<byte> piece, CancellationToken cancellationToken);

    /// <summary>Takes the last line, hands on what is left, and says what became of the body.</summary>
    ValueTask<LineProtocolOutcome> FinishAsync(CancellationToken cancellationToken);
}

/// <summary>What became of a body of line protocol.</summary>
/// <param name="Accepted">Lines that were taken.</param>
/// <param name="Refused">Lines that cannot be parsed or were not taken.</param>
/// <param name="Dropped">Points that parsed but were not taken; part of <paramref name="Refused"/>.</param>
/// <param name="Errors">The first errors, in InfluxDB's words.</param>
public sealed record LineProtocolOutcome(long Accepted, long Refused, long Dropped, IReadOnlyList<string> Errors);

namespace Ops.Server.Api.Influx;

/// <summary>Answers InfluxQL. Safe for concurrent use.</summary>
public interface IInfluxQlAnswers
{
    /// <summary>Answers a request; what is wrong with it is an answer too, never an exception.</summary>
    Task<InfluxQlReply> AnswerAsync(InfluxQlRequest request, CancellationToken cancellationToken);
}

/// <summary>A request to <c>/query</c>.</summary>
/// <param name="Query">One or more statements, with semicolons between.</param>
/// <param name="Database">The database or bucket, or null.</param>
/// <param name="Epoch">ns, u, µ, ms, s, m or h: times as numbers of that unit; null gives RFC 3339.</param>
/// <param name="Pretty">Whether the JSON is indented.</param>
public sealed record InfluxQlRequest(string Query, string? Database, string? Epoch, bool Pretty);

/// <summary>The answer to a request to <c>/query</c>.</summary>
/// <param name="StatusCode">200; 400 where the request as a whole cannot be read; 503 where it took too long.</param>
/// <param name="Json">The body in InfluxDB's shape.</param>
/// <param name="Error">Why there is no answer, for the header X-Influxdb-Error; null when it can.</param>
public sealed record InfluxQlReply(int StatusCode, ReadOnlyMemory<byte> Json, string? Error = null);

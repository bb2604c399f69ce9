using Ops.Collectors.InfluxLine;
using System.Buffers;
using Ops.Server.Api.Security;

namespace Ops.Server.Api.Influx;

/// <summary>Takes Influx line protocol, as InfluxDB 1 and 2 do.</summary>
/// <remarks>
/// A body is parsed as it comes in, never held whole; lines before a fault are kept. Any database, bucket and
/// organisation is accepted.
/// </remarks>
internal static class WriteEndpoints
{
    private const int PieceBytes = 64 * 1024;

    /// <summary>Maps <c>/write</c> and <c>/api/v2/write</c>.</summary>
    public static void MapWrite(this IEndpointRouteBuilder root)
    {
        root.MapPost("/write", WriteV1Async).Describe("as InfluxDB 1: db, precision (ns, u, ms, s, m, h)");
        root.MapPost("/api/v2/write", WriteV2Async).Describe("as InfluxDB 2: bucket, org, precision (ns, us, ms, s)");
    }

    private static void Describe(this RouteHandlerBuilder endpoint, string how) => endpoint
        .WithMetadata(new RequiredRole(ApiRole.Operator))
        .WithTags("influx")
        .Produces(204)
        .Produces(400)
        .Produces(413)
        .WithSummary("Takes Influx line protocol " + how);

    private static Task WriteV1Async(
        HttpContext context, ILineProtocolIngest ingest, ApiCounters counters, string? db, string? precision) =>
        WriteAsync(context, ingest, counters, "db", InfluxReplies.ErrorAsync);

    private static Task WriteV2Async(
        HttpContext context, ILineProtocolIngest ingest, ApiCounters counters, string? bucket, string? org,
        string? precision) =>
        WriteAsync(context, ingest, counters, "bucket", InfluxReplies.ErrorV2Async);

    private static async Task WriteAsync(
        HttpContext context, ILineProtocolIngest ingest, ApiCounters counters, string databaseParameter,
        Func<HttpContext, int, string, Task> error)
    {
        InfluxReplies.Sign(context.Response);
        var query = context.Request.Query;
        var word = query["precision"].ToString();
        if (!TimestampPrecisions.TryParse(word, out var precision))
        {
            var allowed = databaseParameter == "db" ? "ns, u, ms, s, m or h" : "ns, us, ms or s";
            await error(context, 400, $"invalid precision \"{word}\" (use {allowed})");
            return;
        }

        var database = query[databaseParameter].ToString() is { Length: > 0 } named ? named
            : query["db"].ToString() is { Length: > 0 } other ? other : null;
        var (outcome, status, fault) = await IngestAsync(context, ingest.Begin(database, precision));
        counters.LinesWritten(outcome.Accepted, outcome.Refused);
        if (fault is not null)
        {
            await error(context, status, outcome.Accepted == 0 ? fault
                : $"{fault}; {outcome.Accepted} lines before were kept");
        }
        else if (outcome.Refused > 0)
        {
            await error(context, 400, Message(outcome));
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        }
    }

    private static async Task<(LineProtocolOutcome Outcome, int Status, string? Fault)> IngestAsync(
        HttpContext context, ILineProtocolBody body)
    {
        var cancellationToken = context.RequestAborted;
        using var lines = body;
        var piece = ArrayPool<byte>.Shared.Rent(PieceBytes);
        var (status, fault) = (0, (string?)null);
        try
        {
            await using var sent = RequestBody.Open(context, ApiLimits.WriteBodyBytesMax);
            int read;
            while ((read = await sent.ReadAsync(piece.AsMemory(0, PieceBytes), cancellationToken)) > 0)
            {
                await lines.FeedAsync(piece.AsMemory(0, read), cancellationToken);
            }
        }
        catch (BadHttpRequestException refusal)
        {
            (status, fault) = (refusal.StatusCode, refusal.Message);
        }
        catch (InvalidDataException)
        {
            (status, fault) = (400, "gzip: invalid header or body");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }

        if (fault is not null)
        {
            // The last line may be cut off within a number, and would then be read as another one.
            await lines.FeedAsync("\0\n"u8.ToArray(), cancellationToken);
            context.Response.Headers.Connection = "close";
        }

        return (await lines.FinishAsync(cancellationToken), status, fault);
    }

    /// <summary>One error alone is given bare; where other lines were taken it is a partial write.</summary>
    private static string Message(LineProtocolOutcome outcome)
    {
        var errors = string.Join('\n', outcome.Errors);
        var unsaid = outcome.Refused - outcome.Errors.Count;
        if (unsaid > 0)
        {
            errors += $"\nand {unsaid} more";
        }

        return outcome.Accepted > 0 || outcome.Dropped > 0
            ? $"partial write: {errors} dropped={outcome.Dropped}"
            : errors;
    }
}

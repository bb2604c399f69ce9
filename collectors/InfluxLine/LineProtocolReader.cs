using System.Buffers;
using System.Collections.Concurrent;
using Ops.Model;

namespace Ops.Collectors.InfluxLine;

/// <summary>Reads Influx line protocol into samples. Safe for concurrent use.</summary>
/// <remarks>
/// A point <c>m,tags f=v</c> is a sample of the gauge <c>m.f</c> (<c>m</c> where the field is <c>value</c>) on the
/// resource that the tag <c>resource_id</c> names, else <c>host</c>, else <c>m</c>; all tags are metadata. Truth values
/// are 1 and 0; text fields are passed over and counted. Lines that are refused do not harm the others.
/// </remarks>
/// <param name="catalog">Where series are interned.</param>
/// <param name="time">Stamps lines without a timestamp.</param>
/// <param name="limits">What is accepted at most; default the limits' defaults.</param>
public sealed class LineProtocolReader(SeriesCatalog catalog, TimeProvider time, LineProtocolLimits? limits = null)
{
    private const int PieceBytes = 128 << 10;

    private readonly LineProtocolLimits _limits = limits ?? new LineProtocolLimits();
    private readonly ConcurrentDictionary<string, SeriesCache> _byDatabase = new();

    /// <summary>Begins a body that comes in pieces.</summary>
    /// <param name="database">The database or bucket; null for none.</param>
    /// <param name="precision">The unit of the timestamps.</param>
    /// <param name="sink">Takes the batches.</param>
    public LineProtocolBody Begin(string? database, TimestampPrecision precision, ISampleSink sink) =>
        CacheOf(database) is { } cache
            ? new LineProtocolBody(Begin(cache, precision), sink, _limits.LineBytesMax)
            : new LineProtocolBody(TooManyDatabases(database), sink);

    /// <summary>Reads a body as it comes in and hands its samples over in batches.</summary>
    /// <param name="body">
    /// The text, decompressed. Its faults of reading are thrown on; what was handed over before stays.
    /// </param>
    /// <param name="database">The database or bucket; null for none.</param>
    /// <param name="precision">The unit of the timestamps.</param>
    /// <param name="sink">Takes the batches; one that is full makes the reader wait.</param>
    /// <param name="cancellationToken">Stops between pieces.</param>
    public async Task<LineProtocolResult> ReadAsync(
        Stream body, string? database, TimestampPrecision precision, ISampleSink sink,
        CancellationToken cancellationToken)
    {
        using var lines = Begin(database, precision, sink);
        var piece = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            int read;
            while ((read = await body.ReadAsync(piece, cancellationToken).ConfigureAwait(false)) > 0)
            {
                await lines.FeedAsync(piece.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            }

            return await lines.FinishAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }

    /// <summary>Reads a whole body at once, such as a datagram.</summary>
    /// <param name="body">The text.</param>
    /// <param name="database">The database or bucket; null for none.</param>
    /// <param name="precision">The unit of the timestamps.</param>
    /// <param name="full">
    /// Takes the samples each time the batch is full and at the end; it copies what it keeps, and the batch is cleared
    /// after.
    /// </param>
    public LineProtocolResult Read(
        ReadOnlySpan<byte> body, string? database, TimestampPrecision precision, Action<SampleBatch> full)
    {
        if (CacheOf(database) is not { } cache)
        {
            return TooManyDatabases(database);
        }

        var pass = Begin(cache, precision);
        using var batch = new SampleBatch();
        while (!body.IsEmpty)
        {
            body = body[pass.Read(body, isLast: true, batch)..];
            if (batch.Count > 0)
            {
                full(batch);
                batch.Clear();
            }
        }

        return pass.Result;
    }

    /// <summary>Begins a body, for callers that hold the batch themselves.</summary>
    internal LinePass Begin(SeriesCache cache, TimestampPrecision precision) =>
        new(cache, _limits, precision, time.GetUtcNow().ToUnixNs());

    /// <summary>The cache of a database; null when there are too many.</summary>
    internal SeriesCache? CacheOf(string? database)
    {
        var name = database ?? "";
        if (_byDatabase.TryGetValue(name, out var cache))
        {
            return cache;
        }

        return _byDatabase.Count >= _limits.DatabasesMax
            ? null
            : _byDatabase.GetOrAdd(name, _ => new SeriesCache(catalog, name.Length == 0 ? null : name, _limits));
    }

    private LineProtocolResult TooManyDatabases(string? database) => new()
    {
        Accepted = 0,
        Refused = 1,
        Dropped = 0,
        Samples = 0,
        TextFieldsSkipped = 0,
        Faults =
        [
            new LineFault(0, $"database '{database}' is one too many; at most {_limits.DatabasesMax} are told apart"),
        ],
    };
}

using System.Buffers;
using Ops.Model;
using Snappier;

namespace Ops.Collectors.RemoteWrite;

/// <summary>Takes requests of Prometheus' remote write 1.0. Safe for concurrent use.</summary>
/// <param name="outlets">Where samples go.</param>
/// <param name="limits">What is accepted at most; default the limits' defaults.</param>
public sealed class RemoteWriteReceiver(CollectorOutlets outlets, RemoteWriteLimits? limits = null)
{
    private readonly RemoteWriteLimits _limits = limits ?? new RemoteWriteLimits();
    private readonly SeriesCache _cache = new(outlets.Catalog, limits ?? new RemoteWriteLimits());
    private long _requests;
    private long _samples;
    private long _stale;
    private long _skipped;
    private long _refused;

    /// <summary>Bytes of the largest request that is to be handed in, as sent.</summary>
    public int BodyBytesMax => _limits.BodyBytesMax;

    /// <summary>Takes a request.</summary>
    /// <param name="body">The request as sent: a block of Snappy.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    public async Task<RemoteWriteResult> TakeAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _requests);
        if (Unpack(body.Span, out var unpacked, out var length) is { } fault)
        {
            return new RemoteWriteResult(0, 0, 0, 0, fault, IsMalformed: true);
        }

        try
        {
            var result = await ReadAsync(unpacked.AsMemory(0, length), cancellationToken).ConfigureAwait(false);
            Interlocked.Add(ref _samples, result.Samples);
            Interlocked.Add(ref _stale, result.Stale);
            Interlocked.Add(ref _skipped, result.Skipped);
            Interlocked.Add(ref _refused, result.Refused);
            return result;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(unpacked);
        }
    }

    /// <summary>How it fares. Safe for concurrent use.</summary>
    public PartView Status() => new(
        "remote write", true,
        $"{Interlocked.Read(ref _requests)} requests, {Interlocked.Read(ref _samples)} samples taken, "
        + $"{Interlocked.Read(ref _stale)} ends of series, {Interlocked.Read(ref _skipped)} values that are no number, "
        + $"{Interlocked.Read(ref _refused)} series refused, {_cache.Count} remembered",
        Essential: false);

    private async Task<RemoteWriteResult> ReadAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var pass = new WritePass(_cache);
        using var batch = new SampleBatch(SampleBatch.CountMax);
        bool isMore;
        do
        {
            isMore = pass.Fill(body.Span, batch);
            if (batch.Count > 0)
            {
                await outlets.Samples.AcceptAsync(batch, cancellationToken).ConfigureAwait(false);
                batch.Clear();
            }
        }
        while (isMore);
        return pass.Result;
    }

    private string? Unpack(ReadOnlySpan<byte> body, out byte[] unpacked, out int length)
    {
        (unpacked, length) = ([], 0);
        try
        {
            var announced = unchecked((uint)Snappy.GetUncompressedLength(body));
            if (announced > _limits.UnpackedBytesMax)
            {
                return $"the body unpacks to {announced} bytes; at most {_limits.UnpackedBytesMax} are taken";
            }

            unpacked = ArrayPool<byte>.Shared.Rent((int)announced);
            length = Snappy.Decompress(body, unpacked);
            return null;
        }
        catch (Exception fault) when (fault is InvalidDataException or ArgumentException)
        {
            ArrayPool<byte>.Shared.Return(unpacked);
            return "the body is no block of Snappy";
        }
    }
}

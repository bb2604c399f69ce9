using System.Text.Json;
using Ops.Collectors.Wire;
using Ops.Model;

namespace Ops.Collectors.Otlp;

/// <summary>Takes requests of OTLP: metrics become samples, log records become events.</summary>
/// <remarks>
/// Safe for concurrent use. A series is worked out when its bytes are first seen; after that a point allocates
/// nothing. Sinks that are full make the caller wait.
/// </remarks>
/// <param name="options">What is done to attributes, and whether services become entities.</param>
/// <param name="outlets">Where samples, events and observations go.</param>
/// <param name="limits">What is accepted at most; default the limits' defaults.</param>
public sealed class OtlpReceiver(OtlpOptions options, CollectorOutlets outlets, OtlpLimits? limits = null)
{
    /// <summary>Events that are handed over at a time.</summary>
    public const int EventsAtATime = 512;

    private readonly OtlpLimits _limits = limits ?? new OtlpLimits();
    private readonly OtlpCache _cache = new(outlets.Catalog, options, limits ?? new OtlpLimits());
    private long _requests;
    private long _accepted;
    private long _rejected;
    private long _malformed;

    /// <summary>Bytes of the largest request that is to be handed in.</summary>
    public int BodyBytesMax => _limits.BodyBytesMax;

    /// <summary>Takes a request.</summary>
    /// <param name="body">The request, unpacked.</param>
    /// <param name="signal">What it holds.</param>
    /// <param name="isJson">Whether it is JSON; else it is protobuf.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    public async Task<OtlpResult> TakeAsync(
        ReadOnlyMemory<byte> body, OtlpSignal signal, bool isJson, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _requests);
        var result = await ReadAsync(body, signal, isJson, cancellationToken).ConfigureAwait(false);
        Interlocked.Add(ref _accepted, result.Accepted);
        Interlocked.Add(ref _rejected, result.Rejected);
        Interlocked.Add(ref _malformed, result.IsMalformed ? 1 : 0);
        return result;
    }

    /// <summary>How it fares. Safe for concurrent use.</summary>
    public PartView Status() => new(
        "otlp", true,
        $"{Interlocked.Read(ref _requests)} requests, {Interlocked.Read(ref _accepted)} points and records taken, "
        + $"{Interlocked.Read(ref _rejected)} rejected, {Interlocked.Read(ref _malformed)} requests malformed, "
        + $"{_cache.Points} series remembered",
        Essential: false);

    private async Task<OtlpResult> ReadAsync(
        ReadOnlyMemory<byte> body, OtlpSignal signal, bool isJson, CancellationToken cancellationToken)
    {
        if (isJson)
        {
            try
            {
                body = OtlpJson.ToProtobuf(body.Span, signal);
            }
            catch (JsonException fault)
            {
                return new OtlpResult(0, 0, $"the request is not OTLP in JSON: {fault.Message}", IsMalformed: true);
            }
        }

        var nowNs = outlets.Time.GetUtcNow().ToUnixNs();
        return signal == OtlpSignal.Metrics
            ? await MetricsAsync(body, nowNs, cancellationToken).ConfigureAwait(false)
            : await LogsAsync(body, nowNs, cancellationToken).ConfigureAwait(false);
    }

    private async Task<OtlpResult> MetricsAsync(
        ReadOnlyMemory<byte> body, long nowNs, CancellationToken cancellationToken)
    {
        var pass = new MetricsPass(_cache, _limits, nowNs);
        using var batch = new SampleBatch(SampleBatch.CountMax);
        while (pass.Fill(body.Span, batch))
        {
            await HandOverAsync(batch, cancellationToken).ConfigureAwait(false);
        }

        await HandOverAsync(batch, cancellationToken).ConfigureAwait(false);
        await ObserveAsync(pass.Observations, cancellationToken).ConfigureAwait(false);
        return Result(pass.Accepted, pass.Rejected, pass.IsBroken);
    }

    private async Task<OtlpResult> LogsAsync(ReadOnlyMemory<byte> body, long nowNs, CancellationToken cancellationToken)
    {
        var pass = new LogsPass(_cache, _limits, nowNs);
        var isWell = pass.Read(body.Span);
        foreach (var events in pass.Events.Chunk(EventsAtATime))
        {
            await outlets.Events.AcceptAsync(events, cancellationToken).ConfigureAwait(false);
        }

        await ObserveAsync(pass.Observations, cancellationToken).ConfigureAwait(false);
        return Result(pass.Events.Count, pass.Rejected, !isWell);
    }

    private static OtlpResult Result(long accepted, FaultTally rejected, bool isBroken) => new(
        accepted, rejected.Count,
        isBroken ? $"the request is not OTLP in protobuf; {accepted} before the fault were taken" : rejected.Text,
        isBroken);

    private async ValueTask HandOverAsync(SampleBatch batch, CancellationToken cancellationToken)
    {
        if (batch.Count > 0)
        {
            await outlets.Samples.AcceptAsync(batch, cancellationToken).ConfigureAwait(false);
            batch.Clear();
        }
    }

    private async ValueTask ObserveAsync(List<Observation> seen, CancellationToken cancellationToken)
    {
        if (options.Observe && seen.Count > 0)
        {
            await outlets.Observations.AcceptAsync(seen, cancellationToken).ConfigureAwait(false);
        }
    }
}

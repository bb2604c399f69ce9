using Ops.Model;
using Ops.Pipeline.Publishers.Delivery;
using Snappier;

namespace Ops.Pipeline.Publishers.Prometheus;

/// <summary>Sends samples by Prometheus's remote write 1.0.</summary>
/// <remarks>
/// 2xx is sent; no answer, 429 and 5xx may pass. A receiver refuses a whole request with 400 for one sample that is
/// too old or goes back in time: the batch is then halved and sent again, at most <see cref="RequestsMax"/> requests,
/// so that only what is refused is lost, and counted.
/// </remarks>
internal sealed class RemoteWriteTarget(PrometheusTargetOptions options, TimeProvider time) : IPublisherTarget
{
    /// <summary>How many requests one batch may take.</summary>
    public const int RequestsMax = 64;

    private readonly HttpDelivery _delivery = new(options.Delivery, time);
    private readonly RemoteWriteEncoder _encoder = new();
    private readonly ByteText _body = new();
    private readonly Stack<(int Start, int Count)> _parts = new();
    private byte[] _packed = [];

    public async ValueTask<PublishResult> SendAsync(SampleBatch batch, CancellationToken cancellationToken)
    {
        var (refused, merged, requests) = (0, 0, 0);
        string? problem = null;
        _parts.Clear();
        _parts.Push((0, batch.Count));
        while (_parts.TryPop(out var part))
        {
            requests++;
            var shared = Encode(batch.Items.Slice(part.Start, part.Count), out var packed);
            var answer = await _delivery.PostAsync(packed, cancellationToken).ConfigureAwait(false);
            if (answer.IsSuccess)
            {
                _encoder.Taken();
                merged += shared;
            }
            else if (answer.MayPass || answer.Status != 400)
            {
                // What was taken already is taken again without harm: equal samples are no fault.
                return answer.Result;
            }
            else if (part.Count > 1 && requests + _parts.Count + 2 <= RequestsMax)
            {
                problem = answer.Problem;
                var half = part.Count / 2;
                _parts.Push((part.Start + half, part.Count - half));
                _parts.Push((part.Start, half));
            }
            else
            {
                problem = answer.Problem;
                refused += part.Count;
            }
        }

        return Result(batch.Count, refused, merged, problem);
    }

    public ValueTask DisposeAsync()
    {
        _delivery.Dispose();
        return ValueTask.CompletedTask;
    }

    private static PublishResult Result(int count, int refused, int merged, string? problem)
    {
        if (refused == count)
        {
            return PublishResult.Refused(problem!);
        }

        return refused + merged == 0
            ? PublishResult.Sent
            : PublishResult.SentBut(
                refused + merged,
                refused > 0 ? problem! : $"{merged} samples shared a millisecond with a later one of their series");
    }

    private int Encode(ReadOnlySpan<Sample> samples, out ReadOnlyMemory<byte> packed)
    {
        _body.Cut();
        var merged = _encoder.Write(samples, _body);
        var most = Snappy.GetMaxCompressedLength(_body.Count);
        if (_packed.Length < most)
        {
            _packed = new byte[Math.Max(most, _packed.Length * 2)];
        }

        packed = _packed.AsMemory(0, Snappy.Compress(_body.Span, _packed));
        return merged;
    }
}

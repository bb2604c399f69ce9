using System.Buffers;
using Ops.Model;
using Ops.Pipeline.Publishers.Delivery;

namespace Ops.Pipeline.Publishers.Otlp;

/// <summary>Exports samples by OTLP over HTTP: one request a batch.</summary>
/// <remarks>
/// 2xx is sent, but for the points that the answer says were rejected. No answer, 408, 429, 502, 503 and 504 may pass;
/// any other answer is a refusal, 500 too. Source: OTLP 1.3, "Failures", "Retryable Response Codes".
/// </remarks>
internal sealed class OtlpTarget(OtlpTargetOptions options, TimeProvider time) : IPublisherTarget
{
    private readonly HttpDelivery _delivery = new(options.Delivery, time);
    private readonly OtlpBatch _batch = new();
    private readonly ByteText _body = new();
    private readonly ArrayBufferWriter<byte> _json = new(64 << 10);

    public async ValueTask<PublishResult> SendAsync(SampleBatch batch, CancellationToken cancellationToken)
    {
        var answer = await _delivery.PostAsync(Encode(batch.Items), cancellationToken).ConfigureAwait(false);
        if (!answer.IsSuccess)
        {
            return answer.Fault is not null || answer.Status is 408 or 429 or 502 or 503 or 504
                ? PublishResult.Passing(answer.Problem, answer.RetryAfter)
                : PublishResult.Refused(answer.Problem);
        }

        _batch.Taken();
        var said = options.IsJson ? OtlpAnswer.ReadJson(answer.Body) : OtlpAnswer.ReadProtobuf(answer.Body.Span);
        var rejected = (int)Math.Min(batch.Count, said.Rejected);
        return rejected == 0 ? PublishResult.Sent
            : PublishResult.SentBut(rejected, said.Message.Length > 0 ? said.Message : "rejected without a reason");
    }

    public ValueTask DisposeAsync()
    {
        _delivery.Dispose();
        return ValueTask.CompletedTask;
    }

    private ReadOnlyMemory<byte> Encode(ReadOnlySpan<Sample> samples)
    {
        _batch.Sort(samples);
        if (options.IsJson)
        {
            _json.ResetWrittenCount();
            OtlpJsonWriter.Write(_batch, samples, _json);
            return _json.WrittenMemory;
        }

        _body.Cut();
        OtlpProtobufWriter.Write(_batch, samples, _body);
        return _body.Memory;
    }
}

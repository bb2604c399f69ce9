using System.Buffers.Text;
using Ops.Model;
using Ops.Pipeline.Publishers.Delivery;

namespace Ops.Pipeline.Publishers.Influx;

/// <summary>Writes samples to an InfluxDB, version 1 or 2, or to whatever takes its line protocol.</summary>
/// <remarks>
/// 2xx is sent. Of a partial write (400 with <c>dropped=N</c>) the N points count as refused, the others as sent. No
/// answer, 408, 425, 429 and 5xx may pass, after Retry-After where the server says it. Any other answer, such as 401
/// or 404 for a database that is not there, is a refusal.
/// </remarks>
internal sealed class InfluxTarget(InfluxTargetOptions options, TimeProvider time) : IPublisherTarget
{
    private readonly HttpDelivery _delivery = new(options.Delivery, time);
    private readonly InfluxLineWriter _writer = new(options.PrecisionNs, options.Integers);
    private readonly ByteText _body = new();

    public async ValueTask<PublishResult> SendAsync(SampleBatch batch, CancellationToken cancellationToken)
    {
        _body.Cut();
        var (lines, tooLarge) = _writer.Write(batch.Items, _body);
        if (lines == 0)
        {
            return PublishResult.Refused("no value fits an integer field");
        }

        var answer = await _delivery.PostAsync(_body.Memory, cancellationToken).ConfigureAwait(false);
        if (answer.IsSuccess)
        {
            return tooLarge == 0 ? PublishResult.Sent
                : PublishResult.SentBut(tooLarge, $"{tooLarge} values do not fit an integer field");
        }

        return answer.Status == 400 && DroppedPoints(answer.Body.Span) is { } dropped
            ? PublishResult.SentBut(tooLarge + SamplesOf(dropped, lines, batch.Count - tooLarge), answer.Problem)
            : answer.Result;
    }

    public ValueTask DisposeAsync()
    {
        _delivery.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>The N of <c>partial write: ... dropped=N</c>; null where the answer is not that.</summary>
    internal static long? DroppedPoints(ReadOnlySpan<byte> answer)
    {
        if (answer.IndexOf("partial write"u8) < 0)
        {
            return null;
        }

        var at = answer.LastIndexOf("dropped="u8);
        return at >= 0 && Utf8Parser.TryParse(answer[(at + 8)..], out long points, out _) && points >= 0
            ? points
            : null;
    }

    // Exact where all lines have equally many fields, else the mean: the server does not say which lines it left out.
    private static int SamplesOf(long points, int lines, int samples) =>
        (int)Math.Min(samples, Math.Ceiling((double)Math.Min(points, lines) * samples / lines));
}

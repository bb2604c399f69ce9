using System.Text.Json;
using Ops.Model;

namespace Ops.Server.Api.Samples;

/// <summary>Takes samples as a JSON list.</summary>
internal static class PostSamplesEndpoint
{
    private static readonly JsonSerializerOptions Reading = new() { MaxDepth = ApiLimits.JsonDepthMax };

    /// <summary>Maps <c>POST /samples</c>.</summary>
    public static void MapPostSamples(this IEndpointRouteBuilder api) => api.MapPost("/samples", PostAsync)
        .Takes()
        .Produces<PostedSamplesView>()
        .ProducesProblem(400)
        .ProducesProblem(413)
        .ProducesProblem(415)
        .WithSummary("Takes a list of samples, in our own names or Ceilometer's counter_* ones; good ones are kept "
            + "when others are faulty");

    private static async Task<IResult> PostAsync(
        HttpContext context, ISampleSink sink, PostedSeries series, TimeProvider time, ApiCounters counters)
    {
        if (!context.Request.HasJsonContentType())
        {
            return Problems.Result(StatusCodes.Status415UnsupportedMediaType,
                $"samples come as application/json, found '{context.Request.ContentType}'");
        }

        var posting = new Posting(sink, series, time.GetUtcNow());
        try
        {
            await using var body = RequestBody.Open(context, ApiLimits.JsonBodyBytesMax);
            var samples = JsonSerializer.DeserializeAsyncEnumerable<JsonElement>(body, Reading, context.RequestAborted);
            await foreach (var sample in samples)
            {
                await posting.TakeAsync(sample, context.RequestAborted);
            }
        }
        catch (JsonException fault)
        {
            await posting.FlushAsync(context.RequestAborted);
            return Problems.Result(StatusCodes.Status400BadRequest, JsonFaults.Describe(fault, "a list of samples"),
                ("accepted", posting.Answer().Accepted));
        }
        finally
        {
            await posting.FlushAsync(context.RequestAborted);
            posting.Dispose();
            counters.SamplesPosted(posting.Answer().Accepted, posting.Answer().Refused);
        }

        var answer = posting.Answer();
        return answer is { Accepted: 0, Refused: > 0 }
            ? Problems.Result(StatusCodes.Status400BadRequest,
                $"none of {answer.Refused} samples can be taken; the first, samples[{answer.Errors[0].Index}]: "
                + answer.Errors[0].Error, ("accepted", 0), ("refused", answer.Refused), ("errors", answer.Errors))
            : Results.Json(answer, ApiJson.Options);
    }

    private sealed class Posting(ISampleSink sink, PostedSeries series, DateTimeOffset now) : IDisposable
    {
        private readonly SampleBatch _batch = new();
        private readonly List<PostedSampleFault> _errors = [];
        private int _index;
        private int _accepted;
        private int _refused;

        public async ValueTask TakeAsync(JsonElement json, CancellationToken cancellationToken)
        {
            var fields = SampleFields.Read(json, out var fault);
            var sample = fields is null ? null : series.Sample(fields, now);
            if (sample is { } good)
            {
                _batch.Add(good);
            }
            else
            {
                Refuse(fault ?? $"there are {PostedSeries.SeriesMax} series, which is the most there may be");
            }

            _index++;
            if (_batch.Count >= SampleBatch.CountMax)
            {
                await FlushAsync(cancellationToken);
            }
        }

        public async ValueTask FlushAsync(CancellationToken cancellationToken)
        {
            if (_batch.Count > 0)
            {
                await sink.AcceptAsync(_batch, cancellationToken);
                _accepted += _batch.Count;
                _batch.Clear();
            }
        }

        public PostedSamplesView Answer() => new(_accepted, _refused, _errors);

        public void Dispose() => _batch.Dispose();

        private void Refuse(string fault)
        {
            _refused++;
            if (_errors.Count < ApiLimits.ErrorsMax)
            {
                _errors.Add(new PostedSampleFault(_index, fault));
            }
        }
    }
}

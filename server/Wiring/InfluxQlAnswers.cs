using System.Buffers;
using Ops.Server.Api.Influx;
using Ops.Storage.InfluxQl;
using Ops.Storage.Samples;
using InfluxQlReply = Ops.Server.Api.Influx.InfluxQlAnswer;

namespace Ops.Server.Wiring;

/// <summary>Joins <c>/query</c> to the InfluxQL engine over the store.</summary>
internal sealed class InfluxQlAnswers(SampleStore samples, TimeProvider time) : IInfluxQlAnswers
{
    private readonly InfluxQlEngine _engine = new(samples, time);

    public async Task<InfluxQlReply> AnswerAsync(InfluxQlRequest request, CancellationToken cancellationToken)
    {
        var answer = await _engine.ExecuteAsync(request.Query, request.Database, cancellationToken);
        var json = new ArrayBufferWriter<byte>();
        InfluxQlJson.Write(json, answer, InfluxQlEpochs.Parse(request.Epoch), request.Pretty);
        return new InfluxQlReply(
            answer.Error is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest, json.WrittenMemory);
    }
}

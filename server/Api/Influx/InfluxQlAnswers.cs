using System.Buffers;
using Ops.Storage.InfluxQl;

namespace Ops.Server.Api.Influx;

/// <summary>Answers InfluxQL from the store's engine.</summary>
/// <param name="engine">The engine.</param>
public sealed class InfluxQlAnswers(InfluxQlEngine engine) : IInfluxQlAnswers
{
    /// <inheritdoc/>
    public async Task<InfluxQlReply> AnswerAsync(InfluxQlRequest request, CancellationToken cancellationToken)
    {
        var answer = await engine.ExecuteAsync(request.Query, request.Database, cancellationToken);
        var json = new ArrayBufferWriter<byte>(4096);
        InfluxQlJson.Write(json, answer, InfluxQlEpochs.Parse(request.Epoch), request.Pretty);
        json.Write("\n"u8);
        return new InfluxQlReply(answer.Error is null ? 200 : 400, json.WrittenMemory, answer.Error);
    }
}

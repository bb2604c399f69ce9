using System.Text;
using Ops.Server.Api.Influx;

namespace Ops.Unit.Server.Api;

/// <summary>Answers every query with one point.</summary>
internal sealed class FakeInfluxQl : IInfluxQlAnswers
{
    public const string OnePoint = """
        {"results":[{"statement_id":0,"series":[{"name":"cpu","tags":{"host":"a"},"columns":["time","mean"],
        "values":[["2026-01-02T12:00:00Z",1.5],["2026-01-02T12:00:10Z",null]]}]}]}
        """;

    public List<InfluxQlRequest> Asked { get; } = [];

    public InfluxQlReply Answer { get; set; } = new(200, Encoding.UTF8.GetBytes(OnePoint));

    public Task<InfluxQlReply> AnswerAsync(InfluxQlRequest request, CancellationToken cancellationToken)
    {
        Asked.Add(request);
        return Task.FromResult(Answer);
    }
}

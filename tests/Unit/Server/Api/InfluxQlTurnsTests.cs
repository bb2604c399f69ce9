using System.Text;
using Microsoft.Extensions.Time.Testing;
using Ops.Server.Api;
using Ops.Server.Api.Influx;
using Xunit;

namespace Ops.Unit.Server.Api;

public sealed class InfluxQlTurnsTests
{
    private static readonly InfluxQlRequest Request = new("SHOW DATABASES", null, null, false);

    private readonly FakeTimeProvider _time = new();
    private readonly Held _inner = new();

    [Fact]
    public async Task No_more_than_its_number_are_answered_at_a_time_and_the_next_follows()
    {
        using var turns = new InfluxQlTurns(_inner, _time, running: 2);
        var asked = Enumerable.Range(0, 3).Select(_ => turns.AnswerAsync(Request, default)).ToList();
        Assert.Equal(2, _inner.Running);
        _inner.Release();
        await asked[0];
        await asked[1];
        await asked[2];
        Assert.Equal(3, _inner.Asked);
    }

    [Fact]
    public async Task A_query_that_takes_too_long_is_given_up_and_frees_its_turn()
    {
        using var turns = new InfluxQlTurns(_inner, _time, running: 1);
        var slow = turns.AnswerAsync(Request, default);
        _time.Advance(ApiLimits.QueryTimeMax);
        Assert.Equal((503, "query-timeout limit exceeded: 60 s"), ((await slow).StatusCode, (await slow).Error));
        _inner.Release();
        Assert.Equal(200, (await turns.AnswerAsync(Request, default)).StatusCode);
    }

    [Fact]
    public async Task More_than_may_wait_are_refused()
    {
        using var turns = new InfluxQlTurns(_inner, _time, running: 1);
        var asked = Enumerable.Range(0, ApiLimits.QueriesWaitingMax + 1)
            .Select(_ => turns.AnswerAsync(Request, default)).ToList();
        var refused = await turns.AnswerAsync(Request, default);
        Assert.Equal(503, refused.StatusCode);
        Assert.Equal(
            """{"error":"100 queries wait already; ask again later"}""", Encoding.UTF8.GetString(refused.Json.Span));
        _inner.Release();
        Assert.All(await Task.WhenAll(asked), answer => Assert.Equal(200, answer.StatusCode));
    }

    private sealed class Held : IInfluxQlAnswers
    {
        private readonly TaskCompletionSource _go = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _running;
        private int _asked;

        public int Running => _running;

        public int Asked => _asked;

        public void Release() => _go.TrySetResult();

        public async Task<InfluxQlReply> AnswerAsync(InfluxQlRequest request, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _asked);
            Interlocked.Increment(ref _running);
            await _go.Task.WaitAsync(cancellationToken);
            Interlocked.Decrement(ref _running);
            return new InfluxQlReply(200, "{}"u8.ToArray());
        }
    }
}

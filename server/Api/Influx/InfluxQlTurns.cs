using System.Text.Json;

namespace Ops.Server.Api.Influx;

/// <summary>
/// Lets few requests be answered at a time, the others wait for their turn: one query may hold much memory and a core.
/// </summary>
/// <param name="inner">Answers.</param>
/// <param name="time">Measures how long an answer takes.</param>
/// <param name="running">How many are answered at a time.</param>
public sealed class InfluxQlTurns(IInfluxQlAnswers inner, TimeProvider time, int running)
    : IInfluxQlAnswers, IDisposable
{
    private readonly SemaphoreSlim _turns = new(running);
    private int _waiting;

    /// <inheritdoc/>
    public async Task<InfluxQlReply> AnswerAsync(InfluxQlRequest request, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _waiting) > ApiLimits.QueriesWaitingMax + running)
        {
            Interlocked.Decrement(ref _waiting);
            return Refusal($"{ApiLimits.QueriesWaitingMax} queries wait already; ask again later");
        }

        try
        {
            await _turns.WaitAsync(cancellationToken);
            try
            {
                return await AnswerInTimeAsync(request, cancellationToken);
            }
            finally
            {
                _turns.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turns.Dispose();

    private async Task<InfluxQlReply> AnswerInTimeAsync(InfluxQlRequest request, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(ApiLimits.QueryTimeMax, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await inner.AnswerAsync(request, either.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested
            && !cancellationToken.IsCancellationRequested)
        {
            return Refusal($"query-timeout limit exceeded: {ApiLimits.QueryTimeMax.TotalSeconds:0} s");
        }
    }

    private static InfluxQlReply Refusal(string error) =>
        new(503, JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { ["error"] = error }), error);
}

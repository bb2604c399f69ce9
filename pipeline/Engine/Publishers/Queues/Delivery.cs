using Polly;
using Polly.Retry;

namespace Ops.Pipeline.Publishers.Queues;

/// <summary>Sends a batch with the retries and the time limit of its options.</summary>
internal sealed class Delivery<T>
{
    private static readonly TimeSpan _retryAfterMax = TimeSpan.FromMinutes(5);

    private readonly Func<T, CancellationToken, ValueTask<PublishResult>> _send;
    private readonly QueueOptions _options;
    private readonly TimeProvider _time;
    private readonly ResiliencePipeline<PublishResult> _retries;

    public Delivery(
        Func<T, CancellationToken, ValueTask<PublishResult>> send, QueueOptions options, TimeProvider time)
    {
        _send = send;
        _options = options;
        _time = time;
        _retries = Retries(options, time);
    }

    /// <summary>Sends; the last result counts.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public ValueTask<PublishResult> SendAsync(T batch, CancellationToken cancellationToken) =>
        _retries.ExecuteAsync(
            static (state, token) => state.Self.AttemptAsync(state.Batch, token),
            (Self: this, Batch: batch),
            cancellationToken);

    private static ResiliencePipeline<PublishResult> Retries(QueueOptions options, TimeProvider time)
    {
        var builder = new ResiliencePipelineBuilder<PublishResult> { TimeProvider = time };
        if (options.RetriesMax != 0)
        {
            builder.AddRetry(new RetryStrategyOptions<PublishResult>
            {
                ShouldHandle = outcome => ValueTask.FromResult(
                    outcome.Outcome is { Exception: null, Result.Outcome: PublishOutcome.Passing }),
                MaxRetryAttempts = options.RetriesMax < 0 ? int.MaxValue : options.RetriesMax,
                Delay = options.RetryDelay,
                MaxDelay = QueueOptions.RetryDelayMax,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                DelayGenerator = static retry => ValueTask.FromResult(Asked(retry.Outcome.Result.RetryAfter)),
            });
        }

        return builder.Build();
    }

    private static TimeSpan? Asked(TimeSpan? wait) =>
        wait is { } asked && asked > TimeSpan.Zero ? (asked < _retryAfterMax ? asked : _retryAfterMax) : null;

    private async ValueTask<PublishResult> AttemptAsync(T batch, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_options.AttemptTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await _send(batch, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested
            && limit.IsCancellationRequested)
        {
            return PublishResult.Passing($"not done within {_options.AttemptTimeout.TotalSeconds} s");
        }
        catch (Exception fault)
            when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return PublishResult.Passing(fault.Message);
        }
    }
}

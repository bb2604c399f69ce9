using System.Globalization;
using Ops.Remediation.Notifications.Routes;
using Polly;
using Polly.Retry;

namespace Ops.Remediation.Notifications.Delivery;

/// <summary>
/// Delivers what one route is due, one after the other, so that a receiver sees events in their order.
/// </summary>
internal sealed class RouteWorker : IDisposable
{
    private static readonly ResiliencePropertyKey<OutboxRecord> Underway = new("delivery");

    private readonly RouteQueue _queue;
    private readonly Outbox _outbox;
    private readonly WebhookSender _sender;
    private readonly NotifierOptions _options;
    private readonly TimeProvider _time;
    private readonly Action<string>? _log;
    private readonly RetrySchedule _schedule;
    private readonly ResiliencePipeline<SendResult> _retry;
    private volatile NotificationRoute _route;
    private volatile string? _lastError;
    private long _sent;
    private long _failed;
    private long _dead;

    public RouteWorker(
        NotificationRoute route, Outbox outbox, WebhookSender sender, NotifierOptions options, TimeProvider time,
        Action<string>? log)
    {
        (_route, _outbox, _sender, _options, _time, _log) = (route, outbox, sender, options, time, log);
        _queue = new RouteQueue(options.QueuedMax);
        _schedule = new RetrySchedule(options, options.JitterSeed ^ route.Name.Length);
        _retry = new ResiliencePipelineBuilder<SendResult> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<SendResult>
            {
                MaxRetryAttempts = int.MaxValue,
                ShouldHandle = args => ValueTask.FromResult(MayTryAgain(args.Outcome.Result, args.Context)),
                DelayGenerator = args => ValueTask.FromResult<TimeSpan?>(Postpone(args.Outcome.Result!, args.Context)),
            }).Build();
    }

    /// <summary>The route; a reloaded one holds from the next attempt on.</summary>
    public NotificationRoute Route
    {
        get => _route;
        set => _route = value;
    }

    public RouteStatus Status => new(
        _route.Name, _queue.Count, Volatile.Read(ref _sent), Volatile.Read(ref _failed), Volatile.Read(ref _dead),
        _lastError);

    public bool Holds(string id) => _queue.Holds(id);

    /// <summary>Takes a delivery that the outbox has kept.</summary>
    public void Add(OutboxRecord record)
    {
        if (_queue.Add(record) is { } pushedOut)
        {
            Bury(pushedOut, string.Create(
                CultureInfo.InvariantCulture, $"more than {_options.QueuedMax} deliveries waited for the route"));
        }
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var record = await _queue.FirstAsync(cancellationToken).ConfigureAwait(false);
                await DeliverOrBuryAsync(record, cancellationToken).ConfigureAwait(false);
                _queue.RemoveFirst();
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
    }

    /// <summary>Turns all that is due into dead letters.</summary>
    public void Abandon(string why)
    {
        foreach (var record in _queue.Drain())
        {
            Bury(record, why);
        }
    }

    public void Dispose() => _queue.Dispose();

    /// <summary>A delivery that trips over a fault of ours must not stop those behind it.</summary>
    private async Task DeliverOrBuryAsync(OutboxRecord record, CancellationToken cancellationToken)
    {
        try
        {
            await DeliverAsync(record, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            Bury(record, $"unexpected {fault.GetType().Name}: {fault.Message}");
        }
    }

    private async Task DeliverAsync(OutboxRecord record, CancellationToken cancellationToken)
    {
        await WaitUntilAsync(record.NextAt, cancellationToken).ConfigureAwait(false);
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(Underway, record);
        try
        {
            var result = await _retry
                .ExecuteAsync(
                    attempt => _sender.SendAsync(
                        _route, attempt.Properties.GetValue(Underway, record), attempt.CancellationToken),
                    context)
                .ConfigureAwait(false);
            Finish(context.Properties.GetValue(Underway, record), result);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private async Task WaitUntilAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        var wait = at - _time.GetUtcNow();
        if (wait > TimeSpan.Zero)
        {
            var most = wait < _options.RetryAfterMax ? wait : _options.RetryAfterMax;
            await Task.Delay(most, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    private bool MayTryAgain(SendResult? result, ResilienceContext context)
    {
        var record = context.Properties.GetValue(Underway, null!);
        return result?.Outcome == SendOutcome.Passing
            && record.Attempts + 1 < _options.AttemptsMax
            && _time.GetUtcNow() - record.CreatedAt < _options.AgeMax;
    }

    /// <summary>Notes the failure on disk and says how long to wait.</summary>
    private TimeSpan Postpone(SendResult result, ResilienceContext context)
    {
        var record = context.Properties.GetValue(Underway, null!);
        var wait = _schedule.Wait(record.Attempts + 1, result.RetryAfter);
        var failed = record with
        {
            Attempts = record.Attempts + 1,
            NextAt = _time.GetUtcNow() + wait,
            Error = result.Detail,
        };
        context.Properties.Set(Underway, failed);
        _outbox.Keep([failed]);
        Interlocked.Increment(ref _failed);
        if (_lastError is null)
        {
            _log?.Invoke($"route '{_route.Name}' cannot deliver, trying again: {result.Detail}");
        }

        _lastError = result.Detail;
        return wait;
    }

    private void Finish(OutboxRecord record, SendResult result)
    {
        if (result.Outcome == SendOutcome.Sent)
        {
            _outbox.Remove(record);
            Interlocked.Increment(ref _sent);
            _lastError = null;
            return;
        }

        Interlocked.Increment(ref _failed);
        _lastError = result.Detail;
        var attempts = record.Attempts + 1;
        Bury(
            record with { Attempts = attempts },
            result.Outcome == SendOutcome.Permanent
                ? result.Detail
                : string.Create(CultureInfo.InvariantCulture, $"gave up after {attempts} attempts: {result.Detail}"));
    }

    private void Bury(OutboxRecord record, string why)
    {
        _outbox.Bury(record, why);
        Interlocked.Increment(ref _dead);
        _log?.Invoke($"route '{_route.Name}' could not deliver {record.Event} {record.EventId}: {why}");
    }
}

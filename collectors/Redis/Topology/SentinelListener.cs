using Ops.Collectors.Redis.Protocol;

namespace Ops.Collectors.Redis.Topology;

/// <summary>Hears what a Sentinel tells, and comes back for ever when the connection is lost.</summary>
/// <param name="watch">Opens connections to it.</param>
/// <param name="options">The times.</param>
/// <param name="time">The clock.</param>
/// <param name="onMessage">Takes each message; what it throws ends the listener.</param>
/// <param name="onTrouble">Told what is wrong, and null when it is well again; may be told the same twice.</param>
internal sealed class SentinelListener(
    ServerWatch watch, RedisOptions options, TimeProvider time, Func<SentinelMessage, ValueTask> onMessage,
    Action<string?> onTrouble)
{
    /// <summary>The first and the longest pause before coming back.</summary>
    private static readonly TimeSpan PauseMin = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RefusedPause = TimeSpan.FromMinutes(1);

    private long _received;

    /// <summary>How many messages were heard.</summary>
    public long Received => Interlocked.Read(ref _received);

    /// <summary>Listens until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var pause = PauseMin;
        while (true)
        {
            try
            {
                using var connection = await watch.OpenAsync(cancellationToken).ConfigureAwait(false);
                await connection.SendAsync(["PSUBSCRIBE", "*"], cancellationToken).ConfigureAwait(false);
                await HearAsync(connection, () => pause = PauseMin, cancellationToken).ConfigureAwait(false);
            }
            catch (RedisException e)
            {
                onTrouble(e.Message);
                pause = e.IsRefused ? RefusedPause : pause;
            }

            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
            pause = pause * 2 < PauseMax ? pause * 2 : PauseMax;
        }
    }

    /// <summary>A Sentinel that says nothing is asked for a sign of life.</summary>
    private async Task HearAsync(RedisConnection connection, Action onWell, CancellationToken cancellationToken)
    {
        var next = connection.NextAsync(cancellationToken);
        var isAsked = false;
        while (true)
        {
            RespValue value;
            try
            {
                value = await next.WaitAsync(isAsked ? options.Timeout : options.Interval, time, cancellationToken)
                    .ConfigureAwait(false);
            }
            catch (TimeoutException) when (!isAsked)
            {
                isAsked = true;
                await connection.SendAsync(["PING"], cancellationToken).ConfigureAwait(false);
                continue;
            }
            catch (TimeoutException)
            {
                _ = next.ContinueWith(
                    late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted,
                    TaskScheduler.Default);
                throw new RedisException("gives no sign of life");
            }

            if (value.IsError)
            {
                throw new RedisException($"refuses the subscription: {value.Text}") { IsRefused = true };
            }

            isAsked = false;
            onWell();
            onTrouble(null);
            next = connection.NextAsync(cancellationToken);
            if (value.Items is [{ Text: "pmessage" }, _, { Text: { } channel }, { Text: { } payload }]
                && SentinelMessage.Read(channel, payload) is { } message)
            {
                Interlocked.Increment(ref _received);
                await onMessage(message).ConfigureAwait(false);
            }
        }
    }
}

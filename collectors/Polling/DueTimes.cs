namespace Ops.Collectors.Polling;

/// <summary>The times at which something that repeats is due, on a clock that never jumps.</summary>
/// <remarks>A time that passes while the work of the one before still runs is left out, and counted.</remarks>
internal sealed class DueTimes
{
    private readonly TimeProvider _time;
    private readonly TimeSpan _interval;
    private readonly long _startedAt;
    private TimeSpan _next;
    private bool _isFirst = true;

    /// <summary>Due first after a wait, then at every interval.</summary>
    public DueTimes(TimeProvider time, TimeSpan interval, TimeSpan first)
    {
        (_time, _interval, _next) = (time, interval, first);
        _startedAt = time.GetTimestamp();
    }

    /// <summary>Leaves out the times that passed since the last.</summary>
    /// <returns>How many there were.</returns>
    public long Skip()
    {
        var elapsed = _time.GetElapsedTime(_startedAt);
        if (elapsed <= _next || _isFirst)
        {
            return 0;
        }

        var missed = ((elapsed - _next).Ticks / _interval.Ticks) + 1;
        _next += missed * _interval;
        return missed;
    }

    /// <summary>Waits for the next time that is due.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        var elapsed = _time.GetElapsedTime(_startedAt);
        if (_next > elapsed)
        {
            using var early = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var delay = Task.Delay(_next - elapsed, _time, early.Token);
            if (_time.GetElapsedTime(_startedAt) >= _next)
            {
                // The clock moved on before the wait began, which would last beyond the time that is due.
                await early.CancelAsync().ConfigureAwait(false);
                await delay.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            else
            {
                await delay.ConfigureAwait(false);
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        _isFirst = false;
        _next += _interval;
    }

    /// <summary>A share of a span that is always the same for one name: spreads what would else start at once.
    /// </summary>
    public static TimeSpan Scatter(string name, TimeSpan span)
    {
        var hash = 2166136261u;
        foreach (var c in name)
        {
            hash = (hash ^ c) * 16777619u;
        }

        hash = (hash ^ (hash >> 16)) * 0x85EB_CA6B;
        hash = (hash ^ (hash >> 13)) * 0xC2B2_AE35;
        return span * ((hash ^ (hash >> 16)) / (uint.MaxValue + 1.0));
    }
}

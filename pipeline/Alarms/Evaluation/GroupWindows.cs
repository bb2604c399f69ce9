using Ops.Model;

namespace Ops.Alarms.Evaluation;

/// <summary>Brings the windows of an alarm's series together and has them judged in order of time.</summary>
/// <remarks>
/// A window is judged when every series that had a sample in it has moved past it, and no fewer series than last time
/// had one; or at its end plus lag. So an alarm on a single series judges with the first sample past the end.
/// </remarks>
internal sealed class GroupWindows(Watch watch)
{
    private readonly List<Feed> _feeds = [];
    private WindowAccumulator _aggregate = new(watch.Rule.Rule.Aggregate);
    private bool _isOpen;
    private long _startNs;
    private long _judgedNs = long.MinValue;
    private int _waiting;
    private int _present;
    private int _presentBefore;

    public int Count => _feeds.Count;

    public IReadOnlyList<Feed> Feeds => _feeds;

    private long WindowNs => watch.Rule.WindowNs;

    /// <summary>When the open window is judged at the latest, by the wall clock; never when none is open.</summary>
    public long DueNs => _isOpen ? _startNs + WindowNs + watch.Rule.LagNs : long.MaxValue;

    public void Add(Feed feed) => _feeds.Add(feed);

    /// <summary>Takes a series out; its open window counts no more.</summary>
    public void Remove(Feed feed)
    {
        _feeds.Remove(feed);
        Advance();
    }

    /// <summary>Whether a window that starts then may still be opened; otherwise the sample is late.</summary>
    public bool Admits(Feed feed, long startNs, Turn turn)
    {
        var newestNs = Math.Max(_judgedNs, feed.IsOpen ? feed.StartNs : long.MinValue);
        if (startNs <= newestNs && newestNs > turn.LatestNs)
        {
            StartAfresh();
            return true;
        }

        return startNs > newestNs && !(_isOpen && startNs < _startNs);
    }

    /// <summary>Notes that a series opened a window.</summary>
    public void Opened(Feed feed, Turn turn)
    {
        if (!_isOpen)
        {
            (_isOpen, _startNs, _waiting, _present) = (true, feed.StartNs, 1, 1);
            watch.Schedule(turn);
        }
        else if (feed.StartNs == _startNs)
        {
            _waiting++;
            _present++;
        }
    }

    /// <summary>Closes a series' window, and judges the group's where that was the last.</summary>
    public void Finish(Feed feed, Turn turn)
    {
        if (_isOpen && feed.ClosedStartNs == _startNs)
        {
            JudgeOpen(turn);
        }

        feed.Close();
        if (!_isOpen || feed.ClosedStartNs != _startNs)
        {
            return;
        }

        _waiting--;
        if (_waiting == 0 && _present >= _presentBefore)
        {
            JudgeOpen(turn);
        }
    }

    /// <summary>Judges the windows whose end plus lag has come.</summary>
    public void JudgeDue(Turn turn)
    {
        while (DueNs <= turn.NowNs)
        {
            JudgeOpen(turn);
        }
    }

    private void JudgeOpen(Turn turn)
    {
        var startNs = _startNs;
        var windowsLater = _judgedNs == long.MinValue ? 1 : (startNs - _judgedNs) / WindowNs;
        var value = Value(startNs);
        _judgedNs = startNs;
        _presentBefore = _present;
        Advance();
        if (!double.IsNaN(value))
        {
            watch.Judge(value, windowsLater, turn);
        }
    }

    private double Value(long startNs)
    {
        var value = double.NaN;
        _aggregate.Open();
        foreach (var feed in _feeds)
        {
            if (feed.IsOpen && feed.StartNs == startNs)
            {
                feed.Close();
            }

            if (feed.ClosedStartNs == startNs && !double.IsNaN(feed.ClosedValue))
            {
                value = feed.ClosedValue;
                _aggregate.Add(startNs, value, MeterKind.Gauge);
            }
        }

        return _feeds.Count == 1 ? value : _aggregate.Value();
    }

    /// <summary>Opens the earliest window that is not judged yet.</summary>
    private void Advance()
    {
        var nextNs = long.MaxValue;
        foreach (var feed in _feeds)
        {
            if (feed.ClosedStartNs > _judgedNs)
            {
                nextNs = Math.Min(nextNs, feed.ClosedStartNs);
            }

            nextNs = Math.Min(nextNs, feed.StartNs);
        }

        (_isOpen, _startNs, _waiting, _present) = (nextNs != long.MaxValue, nextNs, 0, 0);
        foreach (var feed in _feeds)
        {
            var waits = feed.IsOpen && feed.StartNs == nextNs;
            _waiting += waits ? 1 : 0;
            _present += waits || feed.ClosedStartNs == nextNs ? 1 : 0;
        }
    }

    /// <summary>The clock went back: what was seen of the future is forgotten.</summary>
    private void StartAfresh()
    {
        foreach (var feed in _feeds)
        {
            if (feed.IsOpen)
            {
                feed.Close();
            }

            feed.ClosedStartNs = long.MinValue;
        }

        (_isOpen, _judgedNs, _presentBefore) = (false, long.MinValue, 0);
        watch.Hold();
    }
}

using Ops.Model;

namespace Ops.Alarms.Evaluation;

/// <summary>
/// What one series brings to one alarm: its open window. Judging a sample is arithmetic on its fields.
/// </summary>
internal sealed class Feed
{
    private readonly long _windowNs;
    private WindowAccumulator _window;
    private long _endNs = long.MinValue;

    public Feed(Watch watch, Series series)
    {
        Watch = watch;
        Windows = watch.Windows;
        Series = series;
        _windowNs = watch.Rule.WindowNs;
        _window = new WindowAccumulator(watch.Rule.Rule.Statistic);
    }

    public Watch Watch { get; }

    /// <summary>The windows of the alarm as they were when the feed was made; a changed rule makes new ones.</summary>
    public GroupWindows Windows { get; }

    public Series Series { get; }

    /// <summary>How the meter's values relate; as the newest context says.</summary>
    public MeterKind Kind { get; set; }

    /// <summary>Whether a window is open.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>The start of the open window.</summary>
    public long StartNs { get; private set; } = long.MaxValue;

    /// <summary>The start of the newest closed window that waits for the rest of its group.</summary>
    public long ClosedStartNs { get; set; } = long.MinValue;

    /// <summary>The value of that window.</summary>
    public double ClosedValue { get; private set; }

    /// <summary>Takes a sample of the series.</summary>
    public void Take(in Sample sample, Turn turn)
    {
        var timestampNs = sample.TimestampNs;
        if (timestampNs > turn.LatestNs)
        {
            turn.SamplesAhead++;
            return;
        }

        if (timestampNs < turn.NowNs - Watch.Rule.HorizonNs)
        {
            turn.SamplesLate++;
            return;
        }

        Watch.Heard(turn);
        if (Watch.Rule.AbsentNs > 0)
        {
            return;
        }

        if (_windowNs == 0)
        {
            TakeAlone(timestampNs, sample.Volume, turn);
        }
        else if ((timestampNs >= StartNs && timestampNs < _endNs) || Open(timestampNs, turn))
        {
            _window.Add(timestampNs, sample.Volume, Kind);
        }
    }

    /// <summary>Closes the open window and returns its value, which may be NaN.</summary>
    public double Close()
    {
        IsOpen = false;
        ClosedStartNs = StartNs;
        ClosedValue = _window.Value();
        (StartNs, _endNs) = (long.MaxValue, long.MinValue);
        return ClosedValue;
    }

    private void TakeAlone(long timestampNs, double value, Turn turn)
    {
        if (timestampNs < _window.LastNs && _window.LastNs <= turn.LatestNs)
        {
            turn.SamplesLate++;
            return;
        }

        _window.Open();
        _window.Add(timestampNs, value, Kind);
        var judged = _window.Value();
        if (!double.IsNaN(judged))
        {
            Watch.Judge(judged, windowsLater: 1, turn);
        }
    }

    private bool Open(long timestampNs, Turn turn)
    {
        var startNs = timestampNs - Modulo(timestampNs, _windowNs);
        if (!Windows.Admits(this, startNs, turn))
        {
            turn.SamplesLate++;
            return false;
        }

        if (IsOpen)
        {
            Windows.Finish(this, turn);
        }

        (StartNs, _endNs, IsOpen) = (startNs, startNs + _windowNs, true);
        _window.Open();
        Windows.Opened(this, turn);
        return true;
    }

    private static long Modulo(long value, long by)
    {
        var rest = value % by;
        return rest < 0 ? rest + by : rest;
    }
}

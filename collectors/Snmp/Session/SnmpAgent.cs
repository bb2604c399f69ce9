using System.Globalization;

namespace Ops.Collectors.Snmp.Session;

/// <summary>An agent over rounds: its session, and how long it is left alone after it was silent.</summary>
internal sealed class SnmpAgent(SnmpSession session, SnmpOptions options, TimeProvider time)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);

    private static int _count;

    private long _failedAt;
    private int _failures;

    /// <summary>The session.</summary>
    public SnmpSession Session => session;

    /// <summary>Tells agents of one address with different credentials apart.</summary>
    public int Number { get; } = Interlocked.Increment(ref _count);

    /// <summary>How often it was asked in vain since it last answered.</summary>
    public int Failures => _failures;

    /// <summary>How long it is still left alone; zero or less for not at all.</summary>
    public TimeSpan Pause => _failures == 0 ? TimeSpan.Zero : PauseAfter(_failures) - time.GetElapsedTime(_failedAt);

    /// <summary>Why it is not asked now; null when it is.</summary>
    public string? Resting => Pause is { Ticks: > 0 } pause
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"{session.Target.Url}: silent {_failures} times, asked again in {Math.Ceiling(pause.TotalSeconds)} s")
        : null;

    /// <summary>Notes that it answered.</summary>
    public void Answered() => _failures = 0;

    /// <summary>Notes that it did not; its engine may be another when it is back.</summary>
    public void Failed()
    {
        _failures = Math.Min(_failures + 1, 30);
        _failedAt = time.GetTimestamp();
        session.Forget();
    }

    private TimeSpan PauseAfter(int failures)
    {
        var pause = FirstPause * Math.Pow(2, failures - 1);
        return pause < options.BackoffMax ? pause : options.BackoffMax;
    }
}

namespace Ops.Collectors.Hooks;

/// <summary>Remembers what alarms of other monitors were last, so that what is told again passes once.</summary>
/// <remarks>Safe for concurrent use. Past <see cref="AlarmsMax"/> all are forgotten, and pass once more.</remarks>
internal sealed class AlertMemory
{
    /// <summary>Alarms that are remembered.</summary>
    public const int AlarmsMax = 100_000;

    private readonly Dictionary<string, string> _severities = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    /// <summary>Alarms that are firing.</summary>
    public int Firing
    {
        get
        {
            lock (_gate)
            {
                return _severities.Values.Count(severity => severity != "OK");
            }
        }
    }

    /// <summary>Whether that is news.</summary>
    public bool IsNews(string alarmId, string severity)
    {
        lock (_gate)
        {
            return _severities.GetValueOrDefault(alarmId) != severity;
        }
    }

    /// <summary>Remembers it.</summary>
    public void Note(string alarmId, string severity)
    {
        lock (_gate)
        {
            if (_severities.Count >= AlarmsMax)
            {
                _severities.Clear();
            }

            _severities[alarmId] = severity;
        }
    }
}

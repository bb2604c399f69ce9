namespace Ops.Alarms;

/// <summary>How alarm rules are judged.</summary>
public sealed class AlarmEvaluatorOptions
{
    /// <summary>How long after a window's end a timer judges it when no later sample did; default 5 s.</summary>
    public TimeSpan Lag { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The silence after which a rule without a window lacks data; default 5 min, but not before as many intervals as
    /// the rule has periods, and one, went by.
    /// </summary>
    public TimeSpan SilenceMax { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How far a sample's time may lie ahead of the clock; one farther ahead is not judged. Default 5 min.
    /// </summary>
    public TimeSpan AheadMax { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long an alarm that lacks data is remembered; default 1 day.</summary>
    public TimeSpan ForgetAfter { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How often the timers are looked at; default 200 ms.</summary>
    public TimeSpan TickInterval { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// The most alarms (rule and series) at a time; further series are not judged and counted. Default 1 000 000.
    /// </summary>
    public int AlarmsMax { get; init; } = 1_000_000;

    /// <summary>
    /// The most transitions that wait for a sink that fails; the oldest are dropped and counted. Default 10 000.
    /// </summary>
    public int UndeliveredMax { get; init; } = 10_000;
}

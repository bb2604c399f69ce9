namespace Ops.Alarms;

/// <summary>What the alarm evaluation has done since it started, and what it holds now.</summary>
public sealed record AlarmCounts
{
    /// <summary>Samples received.</summary>
    public long SamplesReceived { get; init; }

    /// <summary>Samples that came too late for their window, once for each alarm that missed one.</summary>
    public long SamplesLate { get; init; }

    /// <summary>Samples whose time lies too far ahead of the clock, once for each alarm.</summary>
    public long SamplesAhead { get; init; }

    /// <summary>Values judged.</summary>
    public long ValuesJudged { get; init; }

    /// <summary>Transitions made.</summary>
    public long Transitions { get; init; }

    /// <summary>Transitions that were dropped because the sink kept failing.</summary>
    public long TransitionsDropped { get; init; }

    /// <summary>Deliveries to the sink or writes of state that failed and were, or will be, tried again.</summary>
    public long Failures { get; init; }

    /// <summary>Times a series was not judged because there were too many alarms.</summary>
    public long AlarmsRefused { get; init; }

    /// <summary>Rules in force.</summary>
    public int Rules { get; init; }

    /// <summary>Alarms in any state.</summary>
    public int Alarms { get; init; }

    /// <summary>Alarms in state alarm.</summary>
    public int Firing { get; init; }
}

using Ops.Model;

namespace Ops.Alarms.Evaluation;

/// <summary>One turn of the evaluation: the time it happens at, and what comes of it.</summary>
/// <remarks>Used again for every turn, so that a turn without a transition allocates nothing.</remarks>
internal sealed class Turn(AlarmEvaluatorOptions options)
{
    private readonly long _aheadNs = options.AheadMax.Ticks * TimeSpan.NanosecondsPerTick;

    public long ForgetNs { get; } = options.ForgetAfter.Ticks * TimeSpan.NanosecondsPerTick;

    /// <summary>The wall clock; samples' times are compared with it.</summary>
    public long NowNs { get; private set; }

    /// <summary>A clock that never jumps; silences and waits are measured with it.</summary>
    public long SteadyNs { get; private set; }

    /// <summary>No sample may be later than this.</summary>
    public long LatestNs { get; private set; }

    public DueQueue Due { get; } = new();

    public List<AlarmTransition> Transitions { get; private set; } = [];

    public List<StateChange> Changes { get; private set; } = [];

    public long SamplesReceived { get; set; }

    public long SamplesLate { get; set; }

    public long SamplesAhead { get; set; }

    public long ValuesJudged { get; set; }

    public long TransitionsMade { get; set; }

    public long AlarmsRefused { get; set; }

    public bool HasOutcome => Transitions.Count > 0 || Changes.Count > 0;

    public DateTimeOffset Now { get; private set; }

    public void Begin(DateTimeOffset now, TimeSpan sinceStart)
    {
        Now = now;
        NowNs = now.ToUnixNs();
        SteadyNs = sinceStart.Ticks * TimeSpan.NanosecondsPerTick;
        LatestNs = NowNs + _aheadNs;
    }

    /// <summary>Hands over what came of it and starts afresh.</summary>
    public (List<AlarmTransition> Transitions, List<StateChange> Changes) TakeOutcome()
    {
        var outcome = (Transitions, Changes);
        (Transitions, Changes) = ([], []);
        return outcome;
    }
}

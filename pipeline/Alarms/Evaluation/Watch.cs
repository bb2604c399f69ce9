using Ops.Alarms.Rules;
using Ops.Alarms.State;
using Ops.Model;

namespace Ops.Alarms.Evaluation;

/// <summary>One alarm: a rule on a series or group, its verdicts and its state.</summary>
/// <remarks>
/// Verdicts make a <em>condition</em>; the state follows it, after <c>for</c> on the way in and <c>keep_firing_for</c>
/// on the way out. Enough values on one side decide; mixed ones keep the condition, but where there was none the newest
/// value decides. Source: Aodh's threshold evaluator. Not safe for concurrent use.
/// </remarks>
internal sealed class Watch
{
    private const long Never = long.MaxValue;

    private Verdicts _verdicts;
    private AlarmState _condition;
    private long _pendingSinceNs = Never;
    private long _clearingSinceNs = Never;
    private long _heardNs;
    private long _intervalNs;
    private bool _isHeld;

    public Watch(RuleInForce rule, AlarmIdentity identity, Turn turn)
    {
        (Rule, Identity, _heardNs, SinceNs) = (rule, identity, turn.SteadyNs, turn.NowNs);
        Windows = new GroupWindows(this);
    }

    public RuleInForce Rule { get; private set; }

    public AlarmIdentity Identity { get; }

    public GroupWindows Windows { get; private set; }

    public string? ResourceType { get; set; }

    public string? ResourceName { get; set; }

    /// <summary>The unit of the newest sample.</summary>
    public string Unit { get; set; } = "";

    public AlarmState State { get; private set; }

    /// <summary>Since when it is in this state.</summary>
    public long SinceNs { get; private set; }

    public string Reason { get; private set; } = "not judged yet";

    /// <summary>The newest value judged.</summary>
    public double? Value { get; private set; }

    /// <summary>When the queue will look at it; set by <see cref="DueQueue"/>.</summary>
    public long ScheduledNs { get; set; } = Never;

    public bool IsRetired { get; private set; }

    private bool IsAbsence => Rule.AbsentNs > 0;

    private long SilenceNs => IsAbsence
        ? Rule.AbsentNs
        : Math.Max(Rule.SilenceNs, Rule.WindowNs == 0 ? (Rule.LookBack + 1) * _intervalNs : 0);

    /// <summary>Takes over what was known before a restart.</summary>
    public void Restore(AlarmState state, long sinceNs, string reason, double? value)
    {
        (State, SinceNs, Reason, Value) = (state, sinceNs, reason, value);
        Hold();
    }

    /// <summary>Notes that a sample came, whatever it says.</summary>
    public void Heard(Turn turn)
    {
        _intervalNs = turn.SteadyNs - _heardNs;
        _heardNs = turn.SteadyNs;
        if (IsAbsence && (_condition != AlarmState.Ok || State != AlarmState.Ok))
        {
            _condition = AlarmState.Ok;
            Settle(turn);
        }
        else if (ScheduledNs == Never)
        {
            Schedule(turn);
        }
    }

    /// <summary>Judges a value, so many windows after the one before.</summary>
    public void Judge(double value, long windowsLater, Turn turn)
    {
        turn.ValuesJudged++;
        Value = value;
        var rule = Rule.Rule;
        var isOutside = rule.When!.Value.IsBreachedBy(value);
        _verdicts.Add(windowsLater, isOutside, Rule.LookBack);
        var (count, outside) = _verdicts.Newest(rule.Of);
        if (outside >= rule.Periods)
        {
            (_condition, _isHeld) = (AlarmState.Alarm, false);
        }
        else if (count - outside >= rule.Periods)
        {
            (_condition, _isHeld) = (AlarmState.Ok, false);
        }
        else if (count < rule.Periods || (_condition == AlarmState.InsufficientData && count < rule.Of))
        {
            _condition = _isHeld ? _condition : AlarmState.InsufficientData;
        }
        else
        {
            var newest = isOutside ? AlarmState.Alarm : AlarmState.Ok;
            (_condition, _isHeld) = (_condition == AlarmState.InsufficientData ? newest : _condition, false);
        }

        Settle(turn);
    }

    /// <summary>
    /// Does what is due by now. Returns false when the alarm has lacked data for so long that it is forgotten.
    /// </summary>
    public bool OnDue(Turn turn)
    {
        Windows.JudgeDue(turn);
        var silentNs = turn.SteadyNs - _heardNs;
        if (silentNs >= SilenceNs)
        {
            _verdicts.Clear();
            _isHeld = false;
            _condition = IsAbsence ? AlarmState.Alarm : AlarmState.InsufficientData;
        }

        Settle(turn);
        Schedule(turn);
        return State != AlarmState.InsufficientData || silentNs < turn.ForgetNs;
    }

    /// <summary>Asks to be looked at when something is due next.</summary>
    public void Schedule(Turn turn)
    {
        var dueNs = Windows.DueNs == Never ? Never : turn.SteadyNs + Math.Max(0, Windows.DueNs - turn.NowNs);
        var silentForGood = _condition == (IsAbsence ? AlarmState.Alarm : AlarmState.InsufficientData);
        if (!silentForGood)
        {
            dueNs = Math.Min(dueNs, _heardNs + SilenceNs);
        }
        else if (State == AlarmState.InsufficientData)
        {
            dueNs = Math.Min(dueNs, _heardNs + turn.ForgetNs);
        }

        dueNs = Math.Min(dueNs, Wait(_pendingSinceNs, Rule.ForNs));
        dueNs = Math.Min(dueNs, Wait(_clearingSinceNs, Rule.KeepNs));
        if (dueNs != Never)
        {
            turn.Due.Want(this, dueNs);
        }
    }

    /// <summary>Keeps the state until enough values are there to judge it anew, or the silence is too long.</summary>
    public void Hold()
    {
        _verdicts.Clear();
        _isHeld = State != AlarmState.InsufficientData;
        _condition = State;
        (_pendingSinceNs, _clearingSinceNs) = (Never, Never);
    }

    /// <summary>
    /// Goes on under the reloaded rule; the state stays, the windows only where the rule judges alike.
    /// </summary>
    public void Follow(RuleInForce rule, Turn turn)
    {
        var (severity, judgesAlike) = (Rule.Rule.Severity, Rule.Meaning == rule.Meaning);
        Rule = rule;
        if (!judgesAlike)
        {
            Windows = new GroupWindows(this);
            Hold();
        }

        if (State == AlarmState.Alarm && severity != rule.Rule.Severity)
        {
            Become(AlarmState.Alarm, $"severity changed from {severity} to {rule.Rule.Severity}: {Reason}", turn);
        }
    }

    /// <summary>Ends the alarm; where it is in state alarm, with a transition to ok.</summary>
    public void Retire(string reason, Turn turn)
    {
        if (IsRetired)
        {
            return;
        }

        IsRetired = true;
        if (State == AlarmState.Alarm)
        {
            Become(AlarmState.Ok, reason, turn);
        }

        turn.Changes.Add(AlarmRecords.Removed(Identity.Id));
    }

    private long Wait(long sinceNs, long forNs) => sinceNs == Never ? Never : sinceNs + forNs + Rule.LagNs;

    /// <summary>
    /// Brings the state after the condition, where neither <c>for</c> nor <c>keep_firing_for</c> holds it back.
    /// </summary>
    private void Settle(Turn turn)
    {
        if (_condition == AlarmState.Alarm)
        {
            _clearingSinceNs = Never;
            if (State == AlarmState.Alarm || HoldsBack(ref _pendingSinceNs, Rule.ForNs, turn))
            {
                return;
            }
        }
        else
        {
            _pendingSinceNs = Never;
            if (State == _condition
                || (State == AlarmState.Alarm && HoldsBack(ref _clearingSinceNs, Rule.KeepNs, turn)))
            {
                return;
            }
        }

        (_pendingSinceNs, _clearingSinceNs) = (Never, Never);
        Become(_condition, ReasonText.Of(this, _condition, _verdicts, turn.SteadyNs - _heardNs, turn), turn);
        Schedule(turn);
    }

    private bool HoldsBack(ref long sinceNs, long forNs, Turn turn)
    {
        if (forNs == 0)
        {
            return false;
        }

        if (sinceNs == Never)
        {
            sinceNs = turn.SteadyNs;
            Schedule(turn);
        }

        return turn.SteadyNs - sinceNs < forNs;
    }

    private void Become(AlarmState to, string reason, Turn turn)
    {
        var from = State;
        (State, SinceNs, Reason) = (to, from == to ? SinceNs : turn.NowNs, reason);
        turn.TransitionsMade++;
        turn.Transitions.Add(WatchReports.Transition(this, from, turn.Now));
        turn.Changes.Add(AlarmRecords.Kept(this));
    }
}

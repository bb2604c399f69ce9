using Ops.Alarms.Rules;
using Ops.Model;

namespace Ops.Alarms.Evaluation;

/// <summary>A rule with what its judging needs worked out once. Times in nanoseconds.</summary>
internal sealed class RuleInForce
{
    public RuleInForce(AlarmRule rule, AlarmEvaluatorOptions options)
    {
        Rule = rule;
        Meaning = rule.Meaning;
        MeterIsPattern = Glob.IsPattern(rule.Meter);
        WindowNs = Ns(rule.Window);
        LookBack = WindowNs == 0 ? rule.Of : rule.Of + 1;
        LagNs = Ns(options.Lag);
        ForNs = Ns(rule.For);
        KeepNs = Ns(rule.KeepFiringFor);
        AbsentNs = Ns(rule.AbsentFor ?? TimeSpan.Zero);
        SilenceNs = WindowNs == 0 ? Ns(options.SilenceMax) : (LookBack * WindowNs) + LagNs;
        HorizonNs = Math.Max(SilenceNs, Ns(options.SilenceMax));
    }

    public AlarmRule Rule { get; }

    /// <summary>Equal for rules that judge alike.</summary>
    public string Meaning { get; }

    public bool MeterIsPattern { get; }

    /// <summary>Zero judges every sample.</summary>
    public long WindowNs { get; }

    /// <summary>How many windows back values count: one more than are judged, so that one gap is bridged.</summary>
    public int LookBack { get; }

    public long LagNs { get; }

    public long ForNs { get; }

    public long KeepNs { get; }

    /// <summary>Zero for a threshold rule.</summary>
    public long AbsentNs { get; }

    /// <summary>The silence after which a threshold rule lacks data.</summary>
    public long SilenceNs { get; }

    /// <summary>A sample older than this says nothing about the present.</summary>
    public long HorizonNs { get; }

    private static long Ns(TimeSpan span) => span.Ticks * TimeSpan.NanosecondsPerTick;
}

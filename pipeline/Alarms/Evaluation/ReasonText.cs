using System.Globalization;
using Ops.Alarms.Rules;
using Ops.Model;

namespace Ops.Alarms.Evaluation;

/// <summary>Says in one sentence why an alarm is in its state, with the numbers.</summary>
/// <remarks>
/// What stands in brackets is worded as Aodh words it, since others read it. Source: Aodh, evaluator/threshold.
/// </remarks>
internal static class ReasonText
{
    /// <summary>The reason for going to a state, given the verdicts and how long no sample came.</summary>
    public static string Of(Watch watch, AlarmState to, Verdicts verdicts, long silentNs, Turn turn)
    {
        var rule = watch.Rule.Rule;
        if (rule.AbsentFor is { } absentFor)
        {
            var last = turn.Now.AddTicks(-silentNs / TimeSpan.NanosecondsPerTick);
            return to == AlarmState.Alarm
                ? $"{Subject(watch)} absent for {DurationText.Of(absentFor)} (no sample since {last.ToIso()})"
                : $"{Subject(watch)} is present";
        }

        var (count, outside) = verdicts.Newest(rule.Of);
        if (to == AlarmState.InsufficientData)
        {
            return count > 0
                ? $"{Measure(watch)}: {count} of {rule.Periods} values ({rule.Periods - count} datapoints are unknown)"
                : $"{Measure(watch)}: no sample for {DurationText.Of(Span(silentNs))} "
                    + $"({rule.Periods} datapoints are unknown)";
        }

        var value = watch.Value ?? double.NaN;
        var isAlarm = to == AlarmState.Alarm;
        var decided = Math.Max(1, isAlarm ? outside : count - outside);
        return $"{Measure(watch)} {WithUnit(value, watch)} {Compared(watch, value)} {For(rule)}".TrimEnd()
            + $" (Transition to {to.Word()} due to {Samples(decided)} {(isAlarm ? "outside" : "inside")} threshold, "
            + $"most recent: {Exact(value)})";
    }

    /// <summary>The number as Python writes a float: shortest form, always with a fraction.</summary>
    public static string Exact(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().ContainsAny(".EN∞") ? text : text + ".0";
    }

    private static string Compared(Watch watch, double value)
    {
        var when = watch.Rule.Rule.When!.Value;
        var limit = WithUnit(when.Limit, watch);
        return when.IsBreachedBy(value) ? $"{when.Sign} {limit}" : $"is not {when.Sign} {limit}";
    }

    private static string For(AlarmRule rule)
    {
        var periods = rule.Of == rule.Periods
            ? rule.Periods.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{rule.Periods} of {rule.Of}");
        if (rule.Window > TimeSpan.Zero)
        {
            return $"for {periods} {(rule.Of == 1 ? "period" : "periods")} of {DurationText.Of(rule.Window)}";
        }

        return rule.Of == 1 ? "" : $"for {periods} samples";
    }

    private static string Measure(Watch watch)
    {
        var rule = watch.Rule.Rule;
        var plain = rule.Window == TimeSpan.Zero && rule.Statistic.Kind != StatisticKind.Rate;
        return plain ? Subject(watch) : $"{Subject(watch)} {rule.Statistic}";
    }

    private static string Subject(Watch watch)
    {
        var identity = watch.Identity;
        return identity.Dimensions.Count == 0 ? identity.Meter : $"{identity.Meter}{{{identity.Dimensions}}}";
    }

    private static string WithUnit(double value, Watch watch)
    {
        var unit = watch.Rule.Rule.Statistic.Kind switch
        {
            StatisticKind.Count => "",
            StatisticKind.Rate => watch.Unit.Length == 0 ? "per second" : watch.Unit + "/s",
            _ => watch.Unit,
        };
        return unit.Length == 0 ? Short(value) : $"{Short(value)} {unit}";
    }

    private static string Short(double value)
    {
        var size = Math.Abs(value);
        var format = size is > 0 and < 0.001 or >= 1e15 ? "G3" : "0.###";
        return value.ToString(format, CultureInfo.InvariantCulture);
    }

    private static string Samples(int count) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} samples");

    private static TimeSpan Span(long ns) => TimeSpan.FromSeconds(Math.Round(ns / 1e9));
}

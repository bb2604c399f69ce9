using Ops.Model;

namespace Ops.Alarms.Rules;

/// <summary>Reads the part of a rule that says when it is an alarm: a threshold, or an absence.</summary>
internal static class ConditionReader
{
    private static readonly TimeSpan WindowMin = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan WindowMax = TimeSpan.FromDays(1);

    private static readonly string[] ThresholdKeys =
        ["when", "statistic", "aggregate", "window", "periods", "of", "for"];

    /// <summary>Completes a rule of absence.</summary>
    public static AlarmRule Absence(AlarmRule rule, ConfigNode node, string what, ConfigFaults faults)
    {
        foreach (var key in ThresholdKeys)
        {
            if (node[key] is { } extra)
            {
                faults.Add(extra, $"'{key}' of {what} does not go with 'absent_for'");
            }
        }

        var absentFor = faults.Duration(node, "absent_for", what) ?? TimeSpan.Zero;
        if (absentFor < WindowMin)
        {
            faults.Add(node["absent_for"]!, $"'absent_for' of {what} must be at least 1s");
        }

        return rule with { AbsentFor = absentFor };
    }

    /// <summary>Completes a threshold rule.</summary>
    public static AlarmRule Threshold(AlarmRule rule, ConfigNode node, string what, ConfigFaults faults)
    {
        var periods = faults.Integer(node, "periods", what, 1, AlarmRuleReader.PeriodsMax) ?? 1;
        var of = faults.Integer(node, "of", what, 1, AlarmRuleReader.PeriodsMax) ?? periods;
        if (of < periods)
        {
            faults.Add(node["of"]!, $"'of' of {what} must be at least its periods, {periods}, found '{of}'");
        }

        var statistic = ReadStatistic(node, "statistic", what, faults) ?? Statistic.Mean;
        var window = Window(node, statistic, what, faults);
        var fallback = statistic.Kind is StatisticKind.Last or StatisticKind.Rate ? Statistic.Mean : statistic;
        return rule with
        {
            Statistic = statistic,
            Aggregate = ReadStatistic(node, "aggregate", what, faults) ?? fallback,
            Window = window,
            Periods = periods,
            Of = of,
            When = When(node, what, faults),
            For = faults.Duration(node, "for", what) ?? TimeSpan.Zero,
        };
    }

    private static TimeSpan Window(ConfigNode node, Statistic statistic, string what, ConfigFaults faults)
    {
        var window = faults.Duration(node, "window", what) ?? TimeSpan.FromMinutes(1);
        if (window != TimeSpan.Zero)
        {
            if (window < WindowMin || window > WindowMax)
            {
                faults.Add(
                    node["window"]!,
                    $"'window' of {what} must be 0 (judge every sample) or from 1s to 1d, "
                    + $"found {node["window"]!.Describe()}");
            }

            return window;
        }

        if (statistic.Kind == StatisticKind.Count)
        {
            faults.Add(node["window"]!, $"'statistic: count' of {what} needs a window, found window 0");
        }

        if (node["by"] is not null)
        {
            faults.Add(node["window"]!, $"'by' of {what} needs a window, found window 0");
        }

        return window;
    }

    private static Threshold? When(ConfigNode node, string what, ConfigFaults faults)
    {
        if (node["when"] is null)
        {
            faults.Add(node, $"{what} needs 'when' or 'absent_for'");
            return null;
        }

        var text = faults.Text(node, "when", what);
        if (Rules.Threshold.TryParse(text, out var threshold))
        {
            return threshold;
        }

        faults.Add(
            node["when"]!,
            $"'when' of {what} must be one of >, >=, <, <=, ==, != and a number, such as \"> 90\", "
            + $"found {node["when"]!.Describe()}");
        return null;
    }

    private static Statistic? ReadStatistic(ConfigNode node, string key, string what, ConfigFaults faults)
    {
        var text = faults.Text(node, key, what);
        if (text is null)
        {
            return null;
        }

        if (Statistic.TryParse(text, out var statistic)
            && (key == "statistic" || statistic.Kind is not (StatisticKind.Last or StatisticKind.Rate)))
        {
            return statistic;
        }

        var words = key == "statistic" ? Statistic.Words : [.. Statistic.Words.Except(["last", "rate"])];
        faults.NotOneOf(node[key]!, $"'{key}' of {what}", [.. words]);
        return null;
    }
}

using Ops.Console.Overview;
using Ops.Model;

namespace Ops.Console.Words;

/// <summary>Says what is wrong, in whole sentences.</summary>
public static class Sentences
{
    private const int NamesMax = 3;

    /// <summary>Text with its first letter as a capital.</summary>
    public static string Capital(string text) =>
        text.Length == 0 ? text : string.Concat([char.ToUpperInvariant(text[0])], text.AsSpan(1));

    /// <summary>A count with its noun: <c>1 alarm</c>, <c>3 alarms</c>, <c>no alarms</c>.</summary>
    public static string Count(long count, string noun) => count switch
    {
        0 => $"no {noun}s",
        1 => $"1 {noun}",
        _ => $"{Quantity.Number(count)} {noun}s",
    };

    /// <summary>Names in a row: <c>a</c>, <c>a and b</c>, <c>a, b, c and 2 more</c>.</summary>
    public static string Row(IReadOnlyList<string> names)
    {
        if (names.Count > NamesMax + 1)
        {
            return $"{string.Join(", ", names.Take(NamesMax))} and {names.Count - NamesMax} more";
        }

        return names.Count < 2 ? string.Concat(names) : $"{string.Join(", ", names.SkipLast(1))} and {names[^1]}";
    }

    /// <summary>A problem in one sentence: <c>Service gone on postgres makes 3 others suffer: api, web and
    /// worker.</c></summary>
    public static string Of(Problem problem)
    {
        var roots = problem.Roots;
        var subject = roots.Count == 1
            ? $"{Capital(roots[0].Name)} on {Shorten.Resource(roots[0].Resource)}"
            : $"{Capital(Row([.. roots.Select(root => root.Name).Distinct()]))} on "
              + Row([.. roots.Select(root => Shorten.Resource(root.Resource)).Distinct()]);
        var own = roots.Select(root => root.Resource.Id).ToHashSet();
        var suffering = problem.Impact
            .Where(effect => !own.Contains(effect.Alarm.Resource.Id))
            .Select(effect => Shorten.Resource(effect.Alarm.Resource)).Distinct().ToArray();
        if (suffering.Length == 0)
        {
            return subject + ".";
        }

        var makes = roots.Count == 1 ? "makes" : "make";
        var others = suffering.Length == 1 ? "another" : $"{suffering.Length} others";
        return $"{subject} {makes} {others} suffer: {Row(suffering)}.";
    }

    /// <summary>An alarm's reason without what stands in brackets at its end, for lists.</summary>
    public static string Reason(AlarmView alarm)
    {
        var bracket = alarm.Reason.IndexOf(" (Transition ", StringComparison.Ordinal);
        return bracket > 0 ? alarm.Reason[..bracket] : alarm.Reason;
    }

    /// <summary>The head line over all problems.</summary>
    public static string HeadLine(IReadOnlyList<Problem> problems) => problems.Count switch
    {
        0 => "All is well",
        1 => "One thing is wrong",
        _ => $"{problems.Count} things are wrong",
    };
}

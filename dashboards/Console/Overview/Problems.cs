using Ops.Console.Words;
using Ops.Model;

namespace Ops.Console.Overview;

/// <summary>Puts live alarms together into problems.</summary>
public static class Problems
{
    /// <summary>The problems behind those alarms, worst first, then newest. Alarms that are ok take no part.</summary>
    /// <remarks>An alarm belongs to one problem and stands in it once, beneath the first of its causes. Where alarms
    /// cause one another in a circle, the oldest counts as the root.</remarks>
    public static IReadOnlyList<Problem> From(IReadOnlyList<AlarmView> alarms)
    {
        var live = alarms.Where(alarm => alarm.State == "alarm").DistinctBy(alarm => alarm.Id)
            .ToDictionary(alarm => alarm.Id);
        var effects = live.Values
            .SelectMany(alarm => alarm.Causes.Where(live.ContainsKey).Select(cause => (cause, alarm)))
            .ToLookup(pair => pair.cause, pair => pair.alarm);
        var seen = new HashSet<string>();
        var problems = new List<Problem>();
        foreach (var alarm in live.Values)
        {
            if (!seen.Contains(alarm.Id))
            {
                problems.Add(Build(Component(alarm, live, effects, seen), effects));
            }
        }

        return [.. problems.OrderByDescending(problem => problem.Severity).ThenByDescending(problem => problem.Since)];
    }

    private static List<AlarmView> Component(
        AlarmView start, Dictionary<string, AlarmView> live, ILookup<string, AlarmView> effects, HashSet<string> seen)
    {
        var members = new List<AlarmView>();
        var open = new Stack<AlarmView>([start]);
        seen.Add(start.Id);
        while (open.TryPop(out var alarm))
        {
            members.Add(alarm);
            foreach (var next in alarm.Causes.Where(live.ContainsKey).Select(cause => live[cause])
                .Concat(effects[alarm.Id]))
            {
                if (seen.Add(next.Id))
                {
                    open.Push(next);
                }
            }
        }

        return members;
    }

    private static Problem Build(List<AlarmView> members, ILookup<string, AlarmView> effects)
    {
        var ids = members.Select(alarm => alarm.Id).ToHashSet();
        var roots = Order(members.Where(alarm => !alarm.Causes.Any(ids.Contains)));
        var placed = new HashSet<string>();
        var impact = new List<Effect>();
        foreach (var root in roots)
        {
            Place(root, effects, placed, impact);
        }

        while (placed.Count < members.Count)
        {
            var oldest = members.Where(alarm => !placed.Contains(alarm.Id)).MinBy(alarm => alarm.Since)!;
            roots.Add(oldest);
            Place(oldest, effects, placed, impact);
        }

        return new Problem(roots, impact);
    }

    private static void Place(
        AlarmView root, ILookup<string, AlarmView> effects, HashSet<string> placed, List<Effect> impact)
    {
        placed.Add(root.Id);
        var open = new Stack<Effect>();
        Push(root, 1);
        while (open.TryPop(out var effect))
        {
            if (placed.Add(effect.Alarm.Id))
            {
                impact.Add(effect);
                Push(effect.Alarm, effect.Depth + 1);
            }
        }

        void Push(AlarmView by, int depth)
        {
            foreach (var alarm in Order(effects[by.Id]).AsEnumerable().Reverse())
            {
                open.Push(new Effect(alarm, depth, by));
            }
        }
    }

    private static List<AlarmView> Order(IEnumerable<AlarmView> alarms) =>
    [
        .. alarms.OrderByDescending(alarm => Severities.Of(alarm.Severity))
            .ThenBy(alarm => alarm.Since)
            .ThenBy(alarm => Shorten.Resource(alarm.Resource), StringComparer.Ordinal),
    ];
}

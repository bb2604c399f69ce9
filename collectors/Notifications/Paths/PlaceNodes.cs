using System.Text;
using System.Text.Json;

namespace Ops.Collectors.Notifications.Paths;

/// <summary><c>[2]</c>: one item of a list, or character of a text; negative counts from the end.</summary>
internal sealed class IndexNode(int index) : PathNode
{
    public override List<PathMatch> Find(PathMatch from, PathRun run)
    {
        var items = SliceNode.Items(from.Value);
        var place = index < 0 ? items.Count + index : index;
        return run.Visit() && place >= 0 && place < items.Count
            ? [new PathMatch(items[place], $"[{index}]", from)]
            : [];
    }
}

/// <summary><c>[*]</c>, <c>[1:]</c>, <c>[:-1]</c>: items of a list; what is no list counts as a list of one.</summary>
internal sealed class SliceNode(int? start, int? end) : PathNode
{
    /// <summary>The items of a list, or the characters of a text.</summary>
    public static IReadOnlyList<JsonElement> Items(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => [.. value.EnumerateArray()],
        JsonValueKind.String =>
            [.. value.GetString()!.EnumerateRunes().Select(rune => JsonSerializer.SerializeToElement(rune.ToString()))],
        _ => [],
    };

    public override List<PathMatch> Find(PathMatch from, PathRun run)
    {
        var isList = from.Value.ValueKind == JsonValueKind.Array;
        if (!isList && !IsTakenAsListOfOne(from.Value))
        {
            return [];
        }

        var items = isList ? Items(from.Value) : [from.Value];
        var found = new List<PathMatch>();
        var last = Math.Min(items.Count, Place(end ?? items.Count, items.Count));
        for (var i = Place(start ?? 0, items.Count); i < last && run.Visit(); i++)
        {
            found.Add(new PathMatch(items[i], $"[{i}]", from));
        }

        return found;
    }

    private static bool IsTakenAsListOfOne(JsonElement value) =>
        value.ValueKind is JsonValueKind.Object or JsonValueKind.String or JsonValueKind.True or JsonValueKind.False
        || (value.ValueKind == JsonValueKind.Number && !PathValues.IsFraction(value));

    private static int Place(int index, int count) => index < 0 ? Math.Max(0, count + index) : index;
}

/// <summary><c>[?name='x' &amp; size>3]</c>: the items of a list of which all conditions hold.</summary>
internal sealed class FilterNode(IReadOnlyList<FilterCondition> conditions) : PathNode
{
    public override List<PathMatch> Find(PathMatch from, PathRun run)
    {
        var found = new List<PathMatch>();
        if (from.Value.ValueKind != JsonValueKind.Array)
        {
            return found;
        }

        var index = 0;
        foreach (var item in from.Value.EnumerateArray())
        {
            if (!run.Visit())
            {
                break;
            }

            if (conditions.All(condition => condition.Holds(item, run)))
            {
                found.Add(new PathMatch(item, $"[{index}]", from));
            }

            index++;
        }

        return found;
    }
}

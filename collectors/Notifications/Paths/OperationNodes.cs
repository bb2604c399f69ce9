using System.Text.Json;
using System.Text.RegularExpressions;

namespace Ops.Collectors.Notifications.Paths;

/// <summary><c>`len`</c>: the length of a text, a list or an object.</summary>
internal sealed class LengthNode : PathNode
{
    public override List<PathMatch> Find(PathMatch from, PathRun run) => from.Value.ValueKind switch
    {
        JsonValueKind.Array => [PathMatch.Made(from.Value.GetArrayLength())],
        JsonValueKind.Object => [PathMatch.Made(from.Value.GetPropertyCount())],
        JsonValueKind.String => [PathMatch.Made(from.Value.GetString()!.EnumerateRunes().Count())],
        _ => [],
    };
}

/// <summary><c>`split(char, segment, max)`</c>: one piece of a text; max -1 cuts wherever it can.</summary>
internal sealed class SplitNode(string separator, int segment, int splitsMax) : PathNode
{
    public override List<PathMatch> Find(PathMatch from, PathRun run)
    {
        if (from.Value.ValueKind != JsonValueKind.String)
        {
            return [];
        }

        var text = from.Value.GetString()!;
        var pieces = splitsMax < 0 ? text.Split(separator) : text.Split(separator, splitsMax + 1);
        return segment < pieces.Length ? [PathMatch.Made(pieces[segment])] : [];
    }
}

/// <summary><c>`sub(/pattern/, replacement)`</c>: the text with what the pattern matches replaced.</summary>
/// <remarks>A text in which nothing is replaced gives nothing.</remarks>
internal sealed class SubstituteNode(Regex pattern, string replacement) : PathNode
{
    public override List<PathMatch> Find(PathMatch from, PathRun run)
    {
        if (from.Value.ValueKind != JsonValueKind.String)
        {
            return [];
        }

        var text = from.Value.GetString()!;
        var result = PythonPattern.Replace(pattern, text, replacement);
        return result is null || result == text ? [] : [PathMatch.Made(result)];
    }
}

/// <summary>
/// <c>`sorted`</c>, <c>[/name]</c>, <c>[\size,/name]</c>: a list in order, by its values or by paths from them.
/// </summary>
/// <remarks>The names of an object are sorted without paths only. What cannot be put in order gives nothing.</remarks>
internal sealed class SortedNode(IReadOnlyList<(PathNode Path, bool IsDescending)> keys) : PathNode
{
    public override List<PathMatch> Find(PathMatch from, PathRun run)
    {
        if (from.Value.ValueKind == JsonValueKind.Object && keys.Count == 0)
        {
            return [PathMatch.Made(
                from.Value.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal).ToArray())];
        }

        if (from.Value.ValueKind != JsonValueKind.Array)
        {
            return [];
        }

        return Sort([.. from.Value.EnumerateArray()], run) is { } items ? [PathMatch.Made(items)] : [];
    }

    /// <summary>Merges ever longer runs; null where two items cannot be put in order.</summary>
    private JsonElement[]? Sort(JsonElement[] items, PathRun run)
    {
        var (sorted, room) = (items, new JsonElement[items.Length]);
        for (var width = 1; width < items.Length; width *= 2)
        {
            for (var start = 0; start < items.Length; start += 2 * width)
            {
                var middle = Math.Min(start + width, items.Length);
                var end = Math.Min(start + (2 * width), items.Length);
                var (left, right) = (start, middle);
                for (var i = start; i < end; i++)
                {
                    var order = left == middle ? 1 : right == end ? -1 : Compare(sorted[left], sorted[right], run);
                    if (order is null)
                    {
                        return null;
                    }

                    room[i] = order <= 0 ? sorted[left++] : sorted[right++];
                }
            }

            (sorted, room) = (room, sorted);
        }

        return sorted;
    }

    private int? Compare(JsonElement left, JsonElement right, PathRun run)
    {
        if (!run.Visit())
        {
            return null;
        }

        if (keys.Count == 0)
        {
            return PathValues.Order(left, right);
        }

        foreach (var (path, isDescending) in keys)
        {
            var (one, other) = (path.Find(new PathMatch(left), run), path.Find(new PathMatch(right), run));
            if (one.Count != 1 || other.Count != 1 || PathValues.AreEqual(one[0].Value, other[0].Value))
            {
                continue;
            }

            var order = PathValues.Order(one[0].Value, other[0].Value);
            return isDescending ? -order : order;
        }

        return 0;
    }
}

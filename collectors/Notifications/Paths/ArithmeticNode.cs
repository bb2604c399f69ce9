using System.Text.Json;

namespace Ops.Collectors.Notifications.Paths;

/// <summary><c>$.a + "_" + $.b</c>: works out values, pairwise where both sides are paths.</summary>
/// <remarks>
/// Sides that find differently many values, or values that cannot be counted together, give nothing. Texts and lists
/// are joined by <c>+</c>; a text times a whole number is repeated. Source: jsonpath-rw-ext 1.2, whose <c>/</c> cannot
/// be written; here it divides.
/// </remarks>
internal sealed class ArithmeticNode(PathNode left, char sign, PathNode right) : PathNode
{
    public override List<PathMatch> Find(PathMatch from, PathRun run)
    {
        var (ones, others) = (left.Find(from, run), right.Find(from, run));
        var count = left is ConstantNode ? others.Count : ones.Count;
        if (ones.Count == 0 || others.Count == 0
            || (left is not ConstantNode && right is not ConstantNode && ones.Count != others.Count))
        {
            return [];
        }

        var results = new List<PathMatch>(count);
        for (var i = 0; i < count; i++)
        {
            var one = ones[left is ConstantNode ? 0 : i].Value;
            var other = others[right is ConstantNode ? 0 : i].Value;
            if (!run.Visit() || WorkOut(one, other) is not { } result)
            {
                return [];
            }

            results.Add(result);
        }

        return results;
    }

    private PathMatch? WorkOut(JsonElement one, JsonElement other)
    {
        if (PathValues.Number(one) is { } x && PathValues.Number(other) is { } y)
        {
            return Whole(one, other) ?? Real(x, y);
        }

        return (one.ValueKind, other.ValueKind, sign) switch
        {
            (JsonValueKind.String, JsonValueKind.String, '+') => Text(one.GetString() + other.GetString()),
            (JsonValueKind.Array, JsonValueKind.Array, '+')
                when one.GetArrayLength() + other.GetArrayLength() <= PathRun.MadeLengthMax =>
                PathMatch.Made(one.EnumerateArray().Concat(other.EnumerateArray()).ToArray()),
            (JsonValueKind.String, JsonValueKind.Number, '*') => Repeated(one.GetString()!, other),
            (JsonValueKind.Number, JsonValueKind.String, '*') => Repeated(other.GetString()!, one),
            _ => null,
        };
    }

    /// <summary>Whole numbers stay whole as long as 64 bits hold them.</summary>
    private PathMatch? Whole(JsonElement one, JsonElement other)
    {
        if (sign == '/' || Integer(one) is not { } x || Integer(other) is not { } y)
        {
            return null;
        }

        var result = sign switch { '+' => (Int128)x + y, '-' => (Int128)x - y, _ => (Int128)x * y };
        return result >= long.MinValue && result <= long.MaxValue ? PathMatch.Made((long)result) : null;
    }

    private PathMatch? Real(double x, double y)
    {
        var result = sign switch { '+' => x + y, '-' => x - y, '*' => x * y, _ => x / y };
        if (!double.IsFinite(result))
        {
            return null;
        }

        // A whole result is still a double, and prints as one.
        return new PathMatch(JsonElement.Parse(Ops.Model.PythonText.Of(result)));
    }

    private static PathMatch? Repeated(string text, JsonElement times) =>
        Integer(times) is { } count && text.Length * Math.Max(0, (double)count) <= PathRun.MadeLengthMax
            ? PathMatch.Made(string.Concat(Enumerable.Repeat(text, (int)Math.Clamp(count, 0, PathRun.MadeLengthMax))))
            : null;

    private static PathMatch? Text(string text) =>
        text.Length <= PathRun.MadeLengthMax ? PathMatch.Made(text) : null;

    private static long? Integer(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetInt64(out var whole) && !PathValues.IsFraction(value) => whole,
        JsonValueKind.True => 1,
        JsonValueKind.False => 0,
        _ => null,
    };
}

/// <summary>A text or number that stands in an arithmetic expression.</summary>
internal sealed class ConstantNode(JsonElement value) : PathNode
{
    private readonly List<PathMatch> _found = [new PathMatch(value)];

    public override List<PathMatch> Find(PathMatch from, PathRun run) => _found;
}

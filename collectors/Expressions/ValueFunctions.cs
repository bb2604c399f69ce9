using System.Globalization;

namespace Ops.Collectors.Expressions;

/// <summary>The functions that expressions may call: a closed list, known when an expression is read.</summary>
internal static class ValueFunctions
{
    /// <summary>Their names.</summary>
    public static readonly IReadOnlyList<string> Names =
    [
        "len", "int", "float", "str", "bool", "round", "abs", "sum", "min", "max", "sorted", "list", "set", "tuple",
        "reversed", "any", "all", "next", "iter", "range", "dict", "isinstance", "map", "filter", "timestamp",
    ];

    private const int RangeMax = 10_000;

    /// <summary>A function of a lambda and a list.</summary>
    public static object? Over(string name, LambdaNode each, object? items, EvaluationScope scope)
    {
        var list = ValueSequences.Items(items);
        scope.Spend(list.Count);
        return name switch
        {
            "map" => list.Select(item => each.Call(item, scope)).ToList(),
            "filter" => list.Where(item => ValueOperators.IsTrue(each.Call(item, scope))).ToList(),
            _ => throw new EvaluationException($"'{name}' takes no lambda"),
        };
    }

    public static object? Call(string name, IReadOnlyList<object?> arguments, EvaluationScope scope)
    {
        var first = arguments.Count > 0 ? arguments[0] : null;
        return (name, arguments.Count) switch
        {
            ("len", 1) => Length(first),
            ("int", 1 or 2) => Whole(first, arguments.Count == 2 ? arguments[1] : 10L),
            ("float", 1) => Number(first),
            ("str", 1) => Text(first, scope),
            ("bool", 1) => ValueOperators.IsTrue(first),
            ("round", 1) => Math.Round(ValueOperators.AsDouble(first), MidpointRounding.ToEven) is var round
                && Math.Abs(round) < 1e15 ? (object)(long)round : round,
            ("round", 2) when arguments[1] is long digits and >= 0 and <= 15 =>
                Math.Round(ValueOperators.AsDouble(first), (int)digits, MidpointRounding.ToEven),
            ("abs", 1) => first is long whole ? (object)Math.Abs(Math.Max(whole, -long.MaxValue))
                : Math.Abs(ValueOperators.AsDouble(first)),
            ("sum", 1) => Items(first, scope).Aggregate(
                (object?)0L, (total, item) => ValueOperators.Apply("+", total, item, scope)),
            ("min", >= 1) => Extreme(arguments, -1, scope),
            ("max", >= 1) => Extreme(arguments, 1, scope),
            ("sorted", 1) => Sorted(first, scope),
            ("reversed", 1) => Items(first, scope).Reverse().ToList(),
            ("list" or "tuple" or "iter", 1) => Items(first, scope).ToList(),
            ("list" or "tuple", 0) => new List<object?>(),
            ("set", 1) => Distinct(first, scope),
            ("any", 1) => Items(first, scope).Any(ValueOperators.IsTrue),
            ("all", 1) => Items(first, scope).All(ValueOperators.IsTrue),
            ("next", 1) => Items(first, scope) is { Count: > 0 } some ? some[0]
                : throw new EvaluationException("there is no next item", isMissing: true),
            ("next", 2) => Items(first, scope) is { Count: > 0 } some ? some[0] : arguments[1],
            ("range", 1 or 2) => Range(arguments, scope),
            ("dict", 0) => new Dictionary<string, object?>(StringComparer.Ordinal),
            ("dict", 1) => Map(first, scope),
            ("isinstance", 2) => IsA(first, arguments[1]),
            ("timestamp", 1) => Seconds(first),
            ("filter", 2) when first is null => Items(arguments[1], scope).Where(ValueOperators.IsTrue).ToList(),
            _ => throw new EvaluationException($"'{name}' does not take {arguments.Count} such arguments"),
        };
    }

    private static IReadOnlyList<object?> Items(object? value, EvaluationScope scope)
    {
        var items = ValueSequences.Items(value);
        scope.Spend(items.Count);
        return items;
    }

    private static long Length(object? value) => value switch
    {
        string text => text.Length,
        IReadOnlyDictionary<string, object?> map => map.Count,
        IReadOnlyList<object?> list => list.Count,
        _ => throw new EvaluationException($"{ValueText.Kind(value)} has no length"),
    };

    private static object Whole(object? value, object? radix)
    {
        switch (value)
        {
            case bool truth: return truth ? 1L : 0L;
            case long whole: return whole;
            case double number when Math.Abs(number) < 9e18: return (long)Math.Truncate(number);
            case string text when radix is 10L && long.TryParse(
                text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole):
                return whole;
            case string text when radix is 16L:
                var digits = text.Trim();
                digits = digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? digits[2..] : digits;
                if (long.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex))
                {
                    return hex;
                }

                break;
        }

        throw new EvaluationException($"{Shown(value)} is not a whole number");
    }

    private static double Number(object? value) => value switch
    {
        string text when double.TryParse(
            text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        bool or long or double => ValueOperators.AsDouble(value),
        _ => throw new EvaluationException($"{Shown(value)} is not a number"),
    };

    private static string Text(object? value, EvaluationScope scope)
    {
        var text = ValueText.Of(value);
        scope.Spend(text.Length);
        return text;
    }

    private static object? Extreme(IReadOnlyList<object?> arguments, int sign, EvaluationScope scope)
    {
        var items = arguments.Count == 1 ? Items(arguments[0], scope) : arguments;
        return items.Count == 0
            ? throw new EvaluationException("there is nothing to choose from", isMissing: true)
            : items.Aggregate((best, item) => ValueOperators.Order(item, best) * sign > 0 ? item : best);
    }

    private static List<object?> Sorted(object? value, EvaluationScope scope)
    {
        var items = Items(value, scope).ToList();
        foreach (var item in items)
        {
            ValueOperators.Order(item, items[0]);
        }

        return [.. items.Order(Comparer<object?>.Create(ValueOperators.Order))];
    }

    private static List<object?> Distinct(object? value, EvaluationScope scope)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return [.. Items(value, scope).Where(item => seen.Add($"{item is string}{ValueText.Of(item)}"))];
    }

    private static List<object?> Range(IReadOnlyList<object?> arguments, EvaluationScope scope)
    {
        var from = arguments.Count == 2 ? arguments[0] as long? : 0;
        var to = arguments[^1] as long?;
        if (from is null || to is null || (Int128)to.Value - from.Value > RangeMax)
        {
            throw new EvaluationException($"range takes whole numbers and gives at most {RangeMax} items");
        }

        scope.Spend((int)Math.Max(0, to.Value - from.Value));
        var items = new List<object?>();
        for (var at = from.Value; at < to; at++)
        {
            items.Add(at);
        }

        return items;
    }

    private static Dictionary<string, object?> Map(object? value, EvaluationScope scope)
    {
        var items = Items(value, scope);
        var map = new Dictionary<string, object?>(StringComparer.Ordinal);
        if (value is IReadOnlyDictionary<string, object?> given)
        {
            return given.ToDictionary(StringComparer.Ordinal);
        }

        foreach (var item in items)
        {
            if (item is not IReadOnlyList<object?> { Count: 2 } pair)
            {
                throw new EvaluationException("dict takes a mapping or a list of pairs");
            }

            map[ValueText.Of(pair[0])] = pair[1];
        }

        return map;
    }

    private static bool IsA(object? value, object? kind) => (kind as string, value) switch
    {
        ("str", string) or ("bool", bool) or ("int", bool or long) or ("float", double) => true,
        ("dict", IReadOnlyDictionary<string, object?>) => true,
        ("list" or "tuple", IReadOnlyList<object?>) => true,
        _ => kind is IReadOnlyList<object?> several && several.Any(one => IsA(value, one)),
    };

    private static double Seconds(object? value) => value is string text && DateTimeOffset.TryParse(
        text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
        ? at.ToUnixTimeMilliseconds() / 1000.0
        : throw new EvaluationException($"{Shown(value)} is not a time such as 2026-01-31T12:00:00Z");

    private static string Shown(object? value) =>
        value is string text ? $"'{(text.Length > 60 ? text[..60] + "..." : text)}'" : ValueText.Kind(value);
}

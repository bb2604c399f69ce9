using System.Globalization;

namespace Ops.Collectors.Expressions;

/// <summary>The methods that values have: a closed list, known when an expression is read.</summary>
internal static class ValueMethods
{
    /// <summary>Their names.</summary>
    public static readonly IReadOnlyList<string> Names =
    [
        "get", "keys", "values", "items", "split", "rsplit", "splitlines", "strip", "lstrip", "rstrip", "lower",
        "upper", "title", "capitalize", "startswith", "endswith", "replace", "join", "format", "find", "count",
        "index", "zfill", "isdigit", "isnumeric", "isalpha", "partition", "rpartition", "removeprefix",
        "removesuffix",
    ];

    public static object? Call(object? owner, string name, IReadOnlyList<object?> arguments, EvaluationScope scope) =>
        owner switch
        {
            string text => OfText(text, name, arguments, scope),
            IReadOnlyDictionary<string, object?> map => OfMap(map, name, arguments, scope),
            IReadOnlyList<object?> list => OfList(list, name, arguments, scope),
            _ => throw Unknown(owner, name),
        };

    private static object? OfMap(
        IReadOnlyDictionary<string, object?> map, string name, IReadOnlyList<object?> arguments,
        EvaluationScope scope)
    {
        scope.Spend(name == "get" ? 0 : map.Count);
        return (name, arguments.Count) switch
        {
            ("get", 1 or 2) => map.TryGetValue(ValueText.Of(arguments[0]), out var value) ? value
                : arguments.Count == 2 ? arguments[1] : null,
            ("keys", 0) => map.Keys.Select(key => (object?)key).ToList(),
            ("values", 0) => map.Values.ToList(),
            ("items", 0) => map.Select(pair => (object?)new List<object?> { pair.Key, pair.Value }).ToList(),
            _ => throw Unknown(map, name),
        };
    }

    private static object? OfList(
        IReadOnlyList<object?> list, string name, IReadOnlyList<object?> arguments, EvaluationScope scope)
    {
        scope.Spend(list.Count);
        switch (name, arguments.Count)
        {
            case ("count", 1):
                return (long)list.Count(item => ValueOperators.Same(item, arguments[0], scope));
            case ("index", 1):
                for (var at = 0; at < list.Count; at++)
                {
                    if (ValueOperators.Same(list[at], arguments[0], scope))
                    {
                        return (long)at;
                    }
                }

                throw new EvaluationException("the item is not in the list", isMissing: true);
            default:
                throw Unknown(list, name);
        }
    }

    private static object? OfText(
        string text, string name, IReadOnlyList<object?> arguments, EvaluationScope scope)
    {
        scope.Spend(text.Length);
        return (name, arguments.Count) switch
        {
            ("lower", 0) => text.ToLowerInvariant(),
            ("upper", 0) => text.ToUpperInvariant(),
            ("title", 0) => CultureInfo.InvariantCulture.TextInfo.ToTitleCase(text.ToLowerInvariant()),
            ("capitalize", 0) => text.Length == 0 ? "" : char.ToUpperInvariant(text[0]) + text[1..].ToLowerInvariant(),
            ("strip" or "lstrip" or "rstrip", 0 or 1) => Strip(text, name, arguments),
            ("split" or "rsplit", <= 2) => Split(text, name == "rsplit", arguments),
            ("splitlines", 0) => text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n')
                .Select(line => (object?)line).ToList(),
            ("startswith", 1) => Any(arguments[0], part => text.StartsWith(part, StringComparison.Ordinal)),
            ("endswith", 1) => Any(arguments[0], part => text.EndsWith(part, StringComparison.Ordinal)),
            ("removeprefix", 1) => text.StartsWith(Text(arguments[0]), StringComparison.Ordinal)
                ? text[Text(arguments[0]).Length..] : text,
            ("removesuffix", 1) => text.EndsWith(Text(arguments[0]), StringComparison.Ordinal)
                ? text[..^Text(arguments[0]).Length] : text,
            ("replace", 2) => Replace(text, Text(arguments[0]), Text(arguments[1]), scope),
            ("join", 1) => Join(text, arguments[0], scope),
            ("format", _) => ValueFormat.Braces(text, arguments, scope),
            ("find", 1) => (long)text.IndexOf(Text(arguments[0]), StringComparison.Ordinal),
            ("index", 1) => text.IndexOf(Text(arguments[0]), StringComparison.Ordinal) is >= 0 and var at ? (long)at
                : throw new EvaluationException("the text does not hold it", isMissing: true),
            ("count", 1) when Text(arguments[0]).Length > 0 => text.Split(Text(arguments[0])).Length - 1L,
            ("zfill", 1) => Fill(text, arguments[0]),
            ("isdigit" or "isnumeric", 0) => text.Length > 0 && text.All(char.IsDigit),
            ("isalpha", 0) => text.Length > 0 && text.All(char.IsLetter),
            ("partition", 1) => Partition(text, Text(arguments[0]), false),
            ("rpartition", 1) => Partition(text, Text(arguments[0]), true),
            _ => throw Unknown(text, name),
        };
    }

    private static string Strip(string text, string name, IReadOnlyList<object?> arguments)
    {
        char[]? set = arguments is [string given] ? given.ToCharArray() : null;
        return name switch
        {
            "lstrip" => text.TrimStart(set),
            "rstrip" => text.TrimEnd(set),
            _ => text.Trim(set),
        };
    }

    private static List<object?> Split(string text, bool fromRight, IReadOnlyList<object?> arguments)
    {
        var most = arguments.Count > 1 && arguments[1] is long given and >= 0 ? (int)Math.Min(given, 100_000) : -1;
        var mark = arguments.Count > 0 ? arguments[0] as string : null;
        if (mark is null)
        {
            var words = text.Split((char[]?)null, most < 0 ? int.MaxValue : most + 1,
                StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            return [.. words];
        }

        if (mark.Length == 0)
        {
            throw new EvaluationException("split wants a text that is not empty");
        }

        if (!fromRight)
        {
            return [.. text.Split(mark, most < 0 ? int.MaxValue : most + 1)];
        }

        var parts = text.Split(mark);
        var joined = most < 0 ? 1 : Math.Max(1, parts.Length - most);
        return [string.Join(mark, parts[..joined]), .. parts[joined..]];
    }

    private static string Replace(string text, string old, string with, EvaluationScope scope)
    {
        if (old.Length == 0)
        {
            throw new EvaluationException("replace wants a text that is not empty");
        }

        var times = (text.Length / old.Length) + 1L;
        scope.Spend((int)Math.Min(times * Math.Max(0, with.Length - old.Length), EvaluationScope.SizeMax));
        return text.Replace(old, with, StringComparison.Ordinal);
    }

    private static string Join(string between, object? items, EvaluationScope scope)
    {
        var parts = ValueSequences.Items(items).Select(Text).ToList();
        scope.Spend((int)Math.Min(
            parts.Sum(part => (long)part.Length + between.Length), EvaluationScope.SizeMax));
        return string.Join(between, parts);
    }

    private static string Fill(string text, object? width)
    {
        var wide = width is long given and <= 1000
            ? (int)Math.Max(0, given)
            : throw new EvaluationException("zfill wants a width of at most 1000");
        return text.StartsWith('-') ? $"-{text[1..].PadLeft(Math.Max(0, wide - 1), '0')}" : text.PadLeft(wide, '0');
    }

    private static List<object?> Partition(string text, string mark, bool fromRight)
    {
        var at = mark.Length == 0 ? -1
            : fromRight ? text.LastIndexOf(mark, StringComparison.Ordinal)
            : text.IndexOf(mark, StringComparison.Ordinal);
        return at >= 0 ? [text[..at], mark, text[(at + mark.Length)..]]
            : fromRight ? ["", "", text] : [text, "", ""];
    }

    private static bool Any(object? parts, Func<string, bool> holds) =>
        parts is IReadOnlyList<object?> list ? list.Any(part => holds(Text(part))) : holds(Text(parts));

    private static string Text(object? value) =>
        value as string ?? throw new EvaluationException($"text is wanted, not {ValueText.Kind(value)}");

    private static EvaluationException Unknown(object? owner, string name) =>
        new($"{ValueText.Kind(owner)} has no '{name}' with these arguments", isMissing: owner is null);
}

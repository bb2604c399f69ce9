namespace Ops.Collectors.Expressions;

/// <summary>Items and slices of lists, texts and mappings.</summary>
internal static class ValueSequences
{
    public static IReadOnlyList<object?> Items(object? value) => value switch
    {
        IReadOnlyDictionary<string, object?> map => [.. map.Keys],
        IReadOnlyList<object?> list => list,
        string { Length: > EvaluationScope.StepsMax } =>
            throw new EvaluationException($"takes more than {EvaluationScope.StepsMax} steps"),
        string text => [.. text.Select(c => (object?)c.ToString())],
        _ => throw new EvaluationException($"{ValueText.Kind(value)} has no items"),
    };

    public static object? Item(object? owner, object? index)
    {
        switch (owner, index)
        {
            case (IReadOnlyDictionary<string, object?> map, _):
                var key = ValueText.Of(index);
                return map.TryGetValue(key, out var value)
                    ? value
                    : throw new EvaluationException($"there is no key '{Cut(key)}'", isMissing: true);
            case (IReadOnlyList<object?> list, long at):
                return list[Place(at, list.Count)];
            case (string text, long at):
                return text[Place(at, text.Length)].ToString();
            default:
                throw new EvaluationException(
                    $"{ValueText.Kind(owner)} has no item {Cut(ValueText.Of(index))}", isMissing: owner is null);
        }
    }

    public static object? Slice(object? owner, object? from, object? to, object? step, EvaluationScope scope)
    {
        var by = step is null ? 1 : Whole(step);
        var length = owner switch
        {
            string text => text.Length,
            IReadOnlyList<object?> list => list.Count,
            _ => throw new EvaluationException($"{ValueText.Kind(owner)} cannot be sliced"),
        };
        if (by == 0)
        {
            throw new EvaluationException("a slice's step is not 0");
        }

        var places = Places(from, to, by, length);
        scope.Spend(places.Count);
        return owner is string letters
            ? string.Concat(places.Select(place => letters[place]))
            : places.Select(place => ((IReadOnlyList<object?>)owner)[place]).ToList();
    }

    private static List<int> Places(object? from, object? to, long by, int length)
    {
        var (low, high) = by > 0 ? (0L, (long)length) : (-1L, length - 1L);
        var start = from is null ? (by > 0 ? low : high) : Bound(Whole(from), length, low, high);
        var end = to is null ? (by > 0 ? high : low) : Bound(Whole(to), length, low, high);
        var places = new List<int>();
        for (var at = start; by > 0 ? at < end : at > end;)
        {
            places.Add((int)at);
            if (by > length || by < -length)
            {
                break;
            }

            at += by;
        }

        return places;
    }

    private static long Bound(long at, int length, long low, long high) =>
        Math.Clamp(at < 0 ? Math.Max(at, -length - 1L) + length : at, low, high);

    private static int Place(long at, int length)
    {
        var place = at < 0 ? at + length : at;
        return place >= 0 && place < length
            ? (int)place
            : throw new EvaluationException($"there is no item {at} among {length}", isMissing: true);
    }

    private static long Whole(object? value) => value as long?
        ?? throw new EvaluationException($"a whole number is wanted, not {ValueText.Kind(value)}");

    private static string Cut(string text) => text.Length > 60 ? text[..60] + "..." : text;
}

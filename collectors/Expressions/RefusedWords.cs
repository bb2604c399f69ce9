namespace Ops.Collectors.Expressions;

/// <summary>What Python has and these expressions have not, with the idiom to use instead.</summary>
internal static class RefusedWords
{
    private static readonly Dictionary<string, string> Idioms = new(StringComparer.Ordinal)
    {
        ["eval"] = "write the expression itself",
        ["exec"] = "write the expression itself",
        ["open"] = "files cannot be read; let the datasource's request bring the value",
        ["__import__"] = "modules cannot be loaded; use the functions that are allowed",
        ["import"] = "modules cannot be loaded; use the functions that are allowed",
        ["getattr"] = "write value['name'] or value.get('name')",
        ["datetime"] = "write timestamp(value) for seconds since 1970",
        ["dateutil"] = "write timestamp(value) for seconds since 1970",
        ["strptime"] = "write timestamp(value) for seconds since 1970",
        ["time"] = "write timestamp(value) for seconds since 1970",
        ["re"] = "use split, replace, startswith and slices",
        ["json"] = "the answer is read already",
        ["os"] = "the system cannot be reached; use a sample of the machine's own",
        ["type"] = "write isinstance(value, str)",
        ["enumerate"] = "write [x for x in value]",
        ["zip"] = "write one comprehension a list",
        ["print"] = "write the value itself",
        ["append"] = "write a + [b]",
        ["pop"] = "write value[0] or value[-1]",
        ["sort"] = "write sorted(value)",
    };

    /// <summary>Renders <c>: the idiom</c>, or nothing.</summary>
    public static string Hint(string word) => Idioms.TryGetValue(word, out var idiom) ? $": {idiom}" : "";
}

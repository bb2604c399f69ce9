using System.Globalization;
using System.Text.Json;

namespace Ops.Scenarios;

/// <summary>Renders JSON so that equal meaning is equal text.</summary>
public static class Json
{
    /// <summary>Members by name; numbers by value; the lists under <c>changes</c> as sets.</summary>
    public static string Canonical(string line)
    {
        using var json = JsonDocument.Parse(line);
        return Render(json.RootElement, "");
    }

    public static IReadOnlyList<string> CanonicalLines(string text) =>
        [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Canonical)];

    private static string Render(JsonElement element, string name) => element.ValueKind switch
    {
        JsonValueKind.Object => "{" + string.Join(",", element.EnumerateObject()
            .OrderBy(member => member.Name, StringComparer.Ordinal)
            .Select(member => $"{member.Name}:{Render(member.Value, member.Name)}")) + "}",
        JsonValueKind.Array when name == "changes" =>
            "[" + string.Join(",", element.EnumerateArray().Select(item => Render(item, "")).Order()) + "]",
        JsonValueKind.Array => "[" + string.Join(",", element.EnumerateArray().Select(item => Render(item, ""))) + "]",
        JsonValueKind.Number => element.GetDouble().ToString("R", CultureInfo.InvariantCulture),
        _ => element.GetRawText(),
    };
}

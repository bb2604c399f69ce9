using System.Text.Json;
using System.Text.RegularExpressions;

namespace Ops.Collectors.Notifications.Paths;

/// <summary>A condition of a filter: a path that finds something, or whose value compares to a constant.</summary>
/// <remarks>
/// Null compares to nothing. Where the constant is a whole number or a truth value, the value is cut to a whole number
/// first, texts too (<c>[?size>3]</c> holds for <c>"4"</c>); what cannot be compared does not hold. Source:
/// jsonpath-rw-ext 1.2.
/// </remarks>
internal sealed class FilterCondition(PathNode target, string? comparison, JsonElement constant, Regex? pattern)
{
    public bool Holds(JsonElement item, PathRun run)
    {
        var found = target.Find(new PathMatch(item), run);
        return comparison is null ? found.Count > 0 : found.Exists(match => Compares(match.Value));
    }

    private bool Compares(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            return false;
        }

        if (pattern is not null)
        {
            return value.ValueKind == JsonValueKind.String && PythonPattern.IsMatch(pattern, value.GetString()!);
        }

        if (IsWhole(constant))
        {
            return PathValues.Truncated(value) is { } whole
                && Judge(whole.CompareTo(PathValues.Number(constant)!.Value));
        }

        if (comparison is "=" or "==" or "!=")
        {
            return PathValues.AreEqual(value, constant) == (comparison != "!=");
        }

        return PathValues.Order(value, constant) is { } order && Judge(order);
    }

    private bool Judge(int order) => comparison switch
    {
        "=" or "==" => order == 0,
        "!=" => order != 0,
        "<" => order < 0,
        "<=" => order <= 0,
        ">" => order > 0,
        _ => order >= 0,
    };

    private static bool IsWhole(JsonElement constant) =>
        constant.ValueKind is JsonValueKind.True or JsonValueKind.False
        || (constant.ValueKind == JsonValueKind.Number && !PathValues.IsFraction(constant));
}

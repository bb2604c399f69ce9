using System.Text.Json;

namespace Ops.Collectors.Notifications.Meters;

/// <summary>JSON as the values that a sample's metadata holds.</summary>
internal static class JsonMetadata
{
    /// <summary>An object as a dictionary.</summary>
    public static Dictionary<string, object?> Mapping(JsonElement mapping)
    {
        var result = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var member in mapping.EnumerateObject())
        {
            result[member.Name] = Value(member.Value);
        }

        return result;
    }

    /// <summary>Null, text, bool, long, double, a dictionary or a list.</summary>
    public static object? Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number when value.TryGetInt64(out var whole) => whole,
        JsonValueKind.Number => double.IsFinite(value.GetDouble()) ? value.GetDouble() : value.GetRawText(),
        JsonValueKind.Array => value.EnumerateArray().Select(Value).ToList(),
        JsonValueKind.Object => Mapping(value),
        _ => null,
    };

    /// <summary>Whether Python takes the value for false: null, false, zero, or empty.</summary>
    public static bool IsFalsy(JsonElement? value) => value is not { } one || one.ValueKind switch
    {
        JsonValueKind.String => one.ValueEquals(""),
        JsonValueKind.Number => one.TryGetDouble(out var number) && number == 0,
        JsonValueKind.Array => one.GetArrayLength() == 0,
        JsonValueKind.Object => one.GetPropertyCount() == 0,
        JsonValueKind.True => false,
        _ => true,
    };
}

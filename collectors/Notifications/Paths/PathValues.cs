using System.Globalization;
using System.Text.Json;

namespace Ops.Collectors.Notifications.Paths;

/// <summary>How Python compares and counts with JSON values.</summary>
internal static class PathValues
{
    /// <summary>Whether a number was written with a fraction or an exponent, and so is a double.</summary>
    public static bool IsFraction(JsonElement number) => number.GetRawText().AsSpan().ContainsAny(".eE");

    /// <summary>The number that a value stands for; <c>true</c> is 1; null where it is none.</summary>
    public static double? Number(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetDouble(out var number) => number,
        JsonValueKind.True => 1,
        JsonValueKind.False => 0,
        _ => null,
    };

    /// <summary>The whole number that <c>int(value)</c> gives, towards zero; null where it gives none.</summary>
    public static double? Truncated(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            return long.TryParse(
                value.GetString()!.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
                ? whole
                : null;
        }

        return Number(value) is { } number && double.IsFinite(number) ? Math.Truncate(number) : null;
    }

    /// <summary>Less than zero, zero or more; null where the two cannot be put in order.</summary>
    public static int? Order(JsonElement left, JsonElement right)
    {
        if (left.ValueKind == JsonValueKind.String && right.ValueKind == JsonValueKind.String)
        {
            return string.CompareOrdinal(left.GetString(), right.GetString());
        }

        return Number(left) is { } one && Number(right) is { } other ? one.CompareTo(other) : null;
    }

    /// <summary>Whether the two are equal, numbers by value.</summary>
    public static bool AreEqual(JsonElement left, JsonElement right) =>
        Number(left) is { } one && Number(right) is { } other ? one.Equals(other) : JsonElement.DeepEquals(left, right);
}

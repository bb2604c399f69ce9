using System.Globalization;
using System.Text.Json;

namespace Ops.Collectors.Hooks;

/// <summary>Reads members of JSON whose kinds nobody can be sure of.</summary>
internal static class JsonMembers
{
    /// <summary>The most labels of an alert.</summary>
    public const int LabelsMax = 128;

    /// <summary>The longest text; what is longer is cut.</summary>
    public const int TextCharsMax = 4096;

    /// <summary>A member as text: text, a number or a truth value; else empty.</summary>
    public static string Text(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? Scalar(value) : "";

    /// <summary>A value as text; empty for lists, objects and null.</summary>
    public static string Scalar(JsonElement value)
    {
        var text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
            _ => "",
        };
        return text.Length <= TextCharsMax ? text : text[..TextCharsMax];
    }

    /// <summary>The members of an object that are scalars, in order, not empty.</summary>
    public static Dictionary<string, string> Labels(JsonElement json)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        if (json.ValueKind != JsonValueKind.Object)
        {
            return labels;
        }

        foreach (var member in json.EnumerateObject())
        {
            if (labels.Count < LabelsMax && Scalar(member.Value) is { Length: > 0 } value)
            {
                labels[member.Name] = value;
            }
        }

        return labels;
    }

    /// <summary>Seconds since the Unix epoch as a time; null where it is none, or long ago or far off.</summary>
    public static DateTimeOffset? Seconds(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
        && seconds is > 0 and < 9e9
            ? DateTimeOffset.UnixEpoch.AddSeconds(seconds)
            : null;
}

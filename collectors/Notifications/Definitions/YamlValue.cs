using System.Globalization;
using System.Text.Json;
using Ops.Model;

namespace Ops.Collectors.Notifications.Definitions;

/// <summary>What a scalar of YAML means: a number, a truth value, nothing or text, as JSON.</summary>
internal static class YamlValue
{
    private static readonly JsonElement Null = JsonElement.Parse("null");

    /// <summary>The value of a scalar; quotes make it text.</summary>
    public static JsonElement Of(ConfigNode? node) =>
        node is null || node.IsNull ? Null : Of(node.Text ?? "", node.IsQuoted);

    /// <summary>The value of a key of a mapping, which carries no quotes.</summary>
    public static JsonElement OfKey(string key) => Of(key, isQuoted: false);

    /// <summary>A whole number, such as a constant volume, or null.</summary>
    public static long? Whole(ConfigNode node) =>
        node is { Kind: ConfigNodeKind.Scalar, IsQuoted: false, Text: { } text }
        && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
            ? whole
            : null;

    private static JsonElement Of(string text, bool isQuoted)
    {
        if (isQuoted)
        {
            return JsonSerializer.SerializeToElement(text);
        }

        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
        {
            return JsonSerializer.SerializeToElement(whole);
        }

        return text switch
        {
            "true" or "True" or "TRUE" or "yes" or "on" => JsonSerializer.SerializeToElement(true),
            "false" or "False" or "FALSE" or "no" or "off" => JsonSerializer.SerializeToElement(false),
            "null" or "~" => Null,
            _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real)
                && double.IsFinite(real)
                    ? JsonSerializer.SerializeToElement(real)
                    : JsonSerializer.SerializeToElement(text),
        };
    }
}

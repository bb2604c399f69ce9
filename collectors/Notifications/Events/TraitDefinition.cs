using System.Globalization;
using System.Text;
using System.Text.Json;
using Ops.Collectors.Notifications.Definitions;
using Ops.Model;

namespace Ops.Collectors.Notifications.Events;

/// <summary>A trait: its name, its type and where its value comes from.</summary>
/// <remarks>
/// What is null, or empty and not text, makes no trait; text is cut to 255 characters; a time becomes UTC; a whole
/// number is cut towards zero. Source: Ceilometer 19, which gives up the whole event where a value does not fit its
/// type; here only the trait is left out, and counted.
/// </remarks>
internal sealed class TraitDefinition(string name, TraitType type, FieldDefinition field)
{
    /// <summary>How many characters of a text are kept.</summary>
    public const int TextCharsMax = 255;

    public string Name => name;

    /// <summary>The trait of a notification, or null.</summary>
    public EventTrait? Read(JsonElement notification, NotificationTally tally)
    {
        if (field.First(notification) is not { } value
            || (type != TraitType.Text && value.ValueKind == JsonValueKind.String && value.ValueEquals("")))
        {
            return null;
        }

        if (Convert(value) is { } text)
        {
            return new EventTrait(name, type, text);
        }

        tally.Drop($"traits '{name}' that are not of their type");
        return null;
    }

    private string? Convert(JsonElement value) => type switch
    {
        TraitType.Integer => Whole(value),
        TraitType.Float => Real(value) is { } real ? PythonText.Of(real) : null,
        TraitType.DateTime => value.ValueKind == JsonValueKind.String && IsoTime.TryParse(value.GetString(), out var at)
            ? at.ToIso()
            : null,
        _ => Cut(PythonText.Of(value) ?? ""),
    };

    private static string? Whole(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            return long.TryParse(
                value.GetString()!.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var parsed)
                ? parsed.ToString(CultureInfo.InvariantCulture)
                : null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var whole))
        {
            return whole.ToString(CultureInfo.InvariantCulture);
        }

        return Real(value) is { } real && Math.Abs(real) < long.MaxValue
            ? ((long)real).ToString(CultureInfo.InvariantCulture)
            : null;
    }

    private static double? Real(JsonElement value)
    {
        double real;
        switch (value.ValueKind)
        {
            case JsonValueKind.True: return 1;
            case JsonValueKind.False: return 0;
            case JsonValueKind.Number when value.TryGetDouble(out real): break;
            case JsonValueKind.String when double.TryParse(
                value.GetString()!.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out real): break;
            default: return null;
        }

        return double.IsFinite(real) ? real : null;
    }

    private static string Cut(string text)
    {
        if (text.Length <= TextCharsMax)
        {
            return text;
        }

        var cut = new StringBuilder(TextCharsMax);
        var count = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (++count > TextCharsMax)
            {
                break;
            }

            cut.Append(rune.ToString());
        }

        return cut.ToString();
    }
}

using System.Globalization;
using System.Text.RegularExpressions;

namespace Ops.Collectors.Expressions;

/// <summary>Texts with places for values: <c>'{}-{}'.format(a, b)</c>, <c>'%s' % a</c>, and the formats in them.
/// </summary>
internal static partial class ValueFormat
{
    private const int WidthMax = 1000;

    /// <summary>Fills <c>{}</c> and <c>{0}</c>.</summary>
    public static string Braces(string pattern, IReadOnlyList<object?> values, EvaluationScope scope)
    {
        var next = 0;
        var text = Brace().Replace(pattern, place =>
        {
            if (place.Value is "{{" or "}}")
            {
                return place.Value[..1];
            }

            var number = place.Groups["at"].Value;
            var at = number.Length == 0 ? next++ : int.Parse(number, CultureInfo.InvariantCulture);
            return at < values.Count
                ? Spent(One(values[at], place.Groups["format"].Value), scope)
                : throw new EvaluationException($"format has {values.Count} values, but the text asks for more");
        });
        scope.Spend(text.Length);
        return text;
    }

    /// <summary>Fills <c>%s</c>, <c>%d</c>, <c>%f</c> and <c>%.2f</c>.</summary>
    public static string Percent(string pattern, object? right, EvaluationScope scope)
    {
        var values = right as IReadOnlyList<object?> ?? [right];
        var next = 0;
        var text = PercentPlace().Replace(pattern, place =>
        {
            if (place.Value == "%%")
            {
                return "%";
            }

            if (next >= values.Count)
            {
                throw new EvaluationException($"'%' has {values.Count} values, but the text asks for more");
            }

            var value = values[next++];
            var format = place.Value[1..];
            return Spent(format == "s" ? ValueText.Of(value) : One(value, format), scope);
        });
        scope.Spend(text.Length);
        return text;
    }

    /// <summary>A value in a format such as <c>.2f</c>, <c>05d</c> or <c>&gt;8</c>; an empty one is its text.</summary>
    public static string One(object? value, string format)
    {
        if (format.Length == 0)
        {
            return ValueText.Of(value);
        }

        var parts = Spec().Match(format);
        if (!parts.Success)
        {
            throw new EvaluationException($"format '{format}' is not known");
        }

        var digits = parts.Groups["digits"] is { Success: true } given ? Number(given.Value) : 6;
        var text = parts.Groups["kind"].Value switch
        {
            "f" => ValueOperators.AsDouble(value).ToString($"F{digits}", CultureInfo.InvariantCulture),
            "d" => Math.Truncate(ValueOperators.AsDouble(value)).ToString("F0", CultureInfo.InvariantCulture),
            "x" => ((long)ValueOperators.AsDouble(value)).ToString("x", CultureInfo.InvariantCulture),
            _ => ValueText.Of(value),
        };
        var width = parts.Groups["width"] is { Success: true, Length: > 0 } wide ? Number(wide.Value) : 0;
        if (parts.Groups["zero"].Length > 0)
        {
            return text.PadLeft(width, '0');
        }

        var left = parts.Groups["side"].Value == "<"
            || (parts.Groups["side"].Length == 0 && value is string);
        return left ? text.PadRight(width) : text.PadLeft(width);
    }

    // Before it is put in: one value may be asked for thousands of times.
    private static string Spent(string text, EvaluationScope scope)
    {
        scope.Spend(text.Length);
        return text;
    }

    private static int Number(string digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= WidthMax
            ? number
            : throw new EvaluationException($"a width in a format is at most {WidthMax}");

    [GeneratedRegex(@"\{\{|\}\}|\{(?<at>[0-9]{0,4})(:(?<format>[^{}]*))?\}")]
    private static partial Regex Brace();

    [GeneratedRegex(@"%%|%0?[0-9]{0,4}(\.[0-9]{1,4})?[sdfx]")]
    private static partial Regex PercentPlace();

    [GeneratedRegex(@"^(?<side>[<>])?(?<zero>0)?(?<width>[0-9]{1,4})?(\.(?<digits>[0-9]{1,4}))?(?<kind>[sdfx])?$")]
    private static partial Regex Spec();
}

using System.Globalization;

namespace Ops.Model;

/// <summary>
/// Durations as users write them: <c>250ms</c>, <c>10s</c>, <c>5m</c>, <c>1h30m</c>, <c>7d</c>, <c>2w</c>.
/// </summary>
public static class Durations
{
    /// <summary>Reads a duration; a bare number is seconds. Not negative, at most 10 000 days.</summary>
    public static bool TryParse(string? text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        if (string.IsNullOrWhiteSpace(text))
        {
            return false;
        }

        var rest = text.AsSpan().Trim();
        var seconds = 0.0;
        while (rest.Length > 0)
        {
            var digits = rest.IndexOfAnyExcept("0123456789.");
            var number = digits < 0 ? rest : rest[..digits];
            if (!double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count))
            {
                return false;
            }

            rest = rest[number.Length..];
            var letters = rest.IndexOfAnyInRange('0', '9');
            var unit = letters < 0 ? rest : rest[..letters];
            if (Seconds(unit) is not { } factor || (unit.Length == 0 && number.Length != text.Trim().Length))
            {
                return false;
            }

            seconds += count * factor;
            rest = rest[unit.Length..];
        }

        if (seconds > 864_000_000)
        {
            return false;
        }

        duration = TimeSpan.FromSeconds(seconds);
        return true;
    }

    private static double? Seconds(ReadOnlySpan<char> unit) => unit switch
    {
        "" or "s" => 1,
        "ms" => 0.001,
        "us" or "µs" or "u" => 0.000001,
        "m" or "min" => 60,
        "h" => 3600,
        "d" => 86400,
        "w" => 604800,
        _ => null,
    };
}

using System.Buffers.Text;
using System.Text;
using Ops.Model;

namespace Ops.Collectors.InfluxLine;

/// <summary>Says in InfluxDB's words what is wrong with a line that could not be read.</summary>
/// <remarks>
/// Source: InfluxDB 1.8, models/points.go: the order of its checks decides which of several faults is named.
/// </remarks>
internal static class LineDiagnosis
{
    /// <summary>What was wrong with the fields, which begin at a place in the line.</summary>
    public static string OfFields(ReadOnlySpan<byte> line, int start)
    {
        var (quoted, equals, commas) = (false, 0, 0);
        var i = start;
        while (i < line.Length)
        {
            if (line[i] == '\\' && i + 1 < line.Length)
            {
                i += 2;
                continue;
            }

            if (line[i] == '"' && equals > commas)
            {
                quoted = !quoted;
            }
            else if (!quoted && line[i] == '=')
            {
                equals++;
                if (OfValue(line, start, i) is { } fault)
                {
                    return fault;
                }
            }
            else if (!quoted && line[i] == ',')
            {
                commas++;
            }
            else if (!quoted && line[i] == ' ')
            {
                break;
            }

            i++;
        }

        if (i == start)
        {
            return "missing fields";
        }

        return quoted ? "unbalanced quotes" : "invalid field format";
    }

    private static string? OfValue(ReadOnlySpan<byte> line, int start, int equals)
    {
        if (equals == start || (line[equals - 1] is (byte)',' or (byte)' ' && line[equals - 2] != '\\'))
        {
            return "missing field key";
        }

        if (equals + 1 >= line.Length || line[equals + 1] is (byte)',' or (byte)' ')
        {
            return "missing field value";
        }

        var value = Word(line[(equals + 1)..]);
        return value[0] switch
        {
            (byte)'"' => null,
            (>= (byte)'0' and <= (byte)'9') or (byte)'.' or (byte)'-' or (byte)'n' or (byte)'N' => OfNumber(value),
            _ => LineValue.TryReadTruth(value, out _, out var used) && used == value.Length ? null : "invalid boolean",
        };
    }

    private static string? OfNumber(ReadOnlySpan<byte> value)
    {
        if (NumberText.TryRead(value, out _, out var used) && used == value.Length)
        {
            return null;
        }

        var digits = value[^1] is (byte)'i' or (byte)'u' ? value[..^1] : value;
        var isWhole = digits.Length < value.Length
            && digits.TrimStart((byte)'-').IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
        if (isWhole && digits.IndexOfAnyInRange((byte)'0', (byte)'9') >= 0)
        {
            var text = Encoding.UTF8.GetString(digits);
            if (value[^1] == 'i')
            {
                return $"unable to parse integer {text}: strconv.ParseInt: parsing \"{text}\": value out of range";
            }

            var reason = digits[0] == '-' ? "invalid syntax" : "value out of range";
            return $"unable to parse unsigned {text}: strconv.ParseUint: parsing \"{text}\": {reason}";
        }

        var isHuge = Utf8Parser.TryParse(value, out double huge, out var taken) && taken == value.Length
            && !double.IsFinite(huge) && value.IndexOfAnyExcept("0123456789.+-eE"u8) < 0;
        return isHuge ? "invalid float" : "invalid number";
    }

    /// <summary>What is wrong with a timestamp.</summary>
    public static string OfTimestamp(ReadOnlySpan<byte> word)
    {
        var digits = word.StartsWith("-"u8) ? word[1..] : word;
        if (digits.IsEmpty || digits.IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0)
        {
            return "bad timestamp";
        }

        var text = Encoding.UTF8.GetString(word);
        return Utf8Parser.TryParse(word, out long _, out var used) && used == word.Length
            ? OutsideRange
            : $"strconv.ParseInt: parsing \"{text}\": value out of range";
    }

    /// <summary>A time that cannot be kept as nanoseconds.</summary>
    public const string OutsideRange = "time outside range -9223372036854775806 - 9223372036854775806";

    /// <summary>1900-01-01: a time before it is a broken clock or a unit that is wrong, not a measurement.</summary>
    public const long EarliestNs = -2_208_988_800_000_000_000;

    /// <summary>What is said of a time before <see cref="EarliestNs"/>.</summary>
    public static string TooEarly(long timestampNs) =>
        $"time {Timestamps.FromUnixNs(timestampNs).ToIso()} is before {Timestamps.FromUnixNs(EarliestNs).ToIso()}, "
        + "the earliest that is kept";

    private static ReadOnlySpan<byte> Word(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOfAny((byte)',', (byte)' ');
        return end < 0 ? text : text[..end];
    }
}

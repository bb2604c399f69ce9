using System.Text;
using Ops.Model;

namespace Ops.Collectors.InfluxLine;

/// <summary>Reads measurement and tags.</summary>
/// <remarks>
/// <code>
/// key         = measurement *( "," tag "=" value )
/// measurement = 1*char     comma and blank escaped by a backslash
/// tag, value  = 1*char     comma, blank and equals sign escaped by a backslash
/// </code>
/// A backslash before anything else stands for itself. Source: InfluxDB 1.8, models/points.go, whose words the faults
/// are.
/// </remarks>
internal static class KeyText
{
    /// <summary>Reads a key; its end is the first blank that is not escaped, or the end of the line.</summary>
    /// <returns>Why it is refused, or null.</returns>
    public static string? Read(ReadOnlySpan<byte> key, LineProtocolLimits limits, out string measurement, out Tags tags)
    {
        tags = Tags.Empty;
        var at = EndOf(key, 0, (byte)',', (byte)',');
        measurement = Unescape(key[..at], isMeasurement: true);
        if (measurement.Length == 0)
        {
            return "missing measurement";
        }

        if (at == key.Length)
        {
            return null;
        }

        var pairs = new Dictionary<string, string>();
        while (at < key.Length)
        {
            at++;
            var nameEnd = EndOf(key, at, (byte)'=', (byte)',');
            if (nameEnd == at)
            {
                return "missing tag key";
            }

            if (nameEnd == key.Length || key[nameEnd] != '=')
            {
                return "missing tag value";
            }

            var valueEnd = EndOf(key, nameEnd + 1, (byte)',', (byte)'=');
            if (valueEnd == nameEnd + 1)
            {
                return valueEnd < key.Length && key[valueEnd] == '=' ? "invalid tag format" : "missing tag value";
            }

            if (valueEnd < key.Length && key[valueEnd] == '=')
            {
                return "invalid tag format";
            }

            if (!pairs.TryAdd(Unescape(key[at..nameEnd]), Unescape(key[(nameEnd + 1)..valueEnd])))
            {
                return "duplicate tags";
            }

            if (pairs.Count > limits.TagsMax)
            {
                return $"too many tags; at most {limits.TagsMax} are allowed";
            }

            at = valueEnd;
        }

        tags = Tags.From(pairs);
        return null;
    }

    /// <summary>
    /// The text without the backslashes that escape comma, blank and, but for measurements, the equals sign.
    /// </summary>
    public static string Unescape(ReadOnlySpan<byte> text, bool isMeasurement = false)
    {
        if (!text.Contains((byte)'\\'))
        {
            return Encoding.UTF8.GetString(text);
        }

        var plain = new byte[text.Length];
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var escapes = text[i] == '\\' && i + 1 < text.Length
                && (text[i + 1] is (byte)',' or (byte)' ' || (text[i + 1] == '=' && !isMeasurement));
            i += escapes ? 1 : 0;
            plain[length++] = text[i];
        }

        return Encoding.UTF8.GetString(plain, 0, length);
    }

    /// <summary>
    /// Where the first of two bytes stands that no backslash precedes; the length when there is none.
    /// </summary>
    private static int EndOf(ReadOnlySpan<byte> text, int from, byte one, byte other)
    {
        for (var i = from; i < text.Length; i++)
        {
            if ((text[i] == one || text[i] == other) && (i == from || text[i - 1] != '\\'))
            {
                return i;
            }
        }

        return text.Length;
    }
}

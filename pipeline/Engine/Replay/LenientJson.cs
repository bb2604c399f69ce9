using System.Text;
using System.Text.Json;

namespace Ops.Pipeline.Replay;

/// <summary>Parses JSON, and what Python writes in its place for numbers that are none: bare NaN and
/// Infinity.</summary>
internal static class LenientJson
{
    private static readonly string[] NotNumbers = ["-Infinity", "Infinity", "NaN"];

    /// <summary>Parses a line; NaN and infinities become texts of that name.</summary>
    /// <exception cref="JsonException">It is neither.</exception>
    public static JsonDocument Parse(string line)
    {
        try
        {
            return JsonDocument.Parse(line);
        }
        catch (JsonException)
        {
            var quoted = QuoteNotNumbers(line);
            if (quoted is null)
            {
                throw;
            }

            return JsonDocument.Parse(quoted);
        }
    }

    private static string? QuoteNotNumbers(string line)
    {
        var result = new StringBuilder(line.Length + 16);
        var inText = false;
        var changed = false;
        for (var i = 0; i < line.Length; i++)
        {
            var word = inText
                ? null
                : Array.Find(NotNumbers, word => string.CompareOrdinal(line, i, word, 0, word.Length) == 0);
            if (word is not null)
            {
                result.Append('"').Append(word).Append('"');
                i += word.Length - 1;
                changed = true;
                continue;
            }

            result.Append(line[i]);
            if (inText && line[i] == '\\' && i + 1 < line.Length)
            {
                result.Append(line[++i]);
            }
            else if (line[i] == '"')
            {
                inText = !inText;
            }
        }

        return changed ? result.ToString() : null;
    }
}

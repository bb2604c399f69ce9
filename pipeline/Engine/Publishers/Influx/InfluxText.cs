using System.Text;

namespace Ops.Pipeline.Publishers.Influx;

/// <summary>Escapes names and tags for line protocol.</summary>
/// <remarks>
/// A measurement escapes comma and blank; tag names, tag values and field names the equals sign too. A backslash
/// stands for itself. What the protocol has no words for is changed: line ends become blanks, backslashes at the end
/// or before a character that is escaped are left out, and a measurement that begins with <c>#</c>, which would be a
/// comment, begins with <c>_</c>. Source: InfluxDB 1.8, line protocol reference and models/points.go.
/// </remarks>
internal static class InfluxText
{
    /// <summary>A measurement; an empty one is <c>_</c>.</summary>
    public static string Measurement(string name)
    {
        var text = Escaped(name, ", ");
        return text.Length == 0 ? "_" : text[0] == '#' ? $"_{text.AsSpan(1)}" : text;
    }

    /// <summary>A tag's name or value, or a field's name; an empty one is <c>_</c>.</summary>
    public static string Word(string name)
    {
        var text = Escaped(name, ",= ");
        return text.Length == 0 ? "_" : text;
    }

    private static string Escaped(string name, string special)
    {
        var text = new StringBuilder(name.Length + 8);
        foreach (var c in name)
        {
            var plain = c is '\n' or '\r' ? ' ' : c;
            if (special.Contains(plain))
            {
                CutBackslashes(text);
                text.Append('\\');
            }

            text.Append(plain);
        }

        CutBackslashes(text);
        return text.ToString();
    }

    private static void CutBackslashes(StringBuilder text)
    {
        while (text.Length > 0 && text[^1] == '\\')
        {
            text.Length--;
        }
    }
}

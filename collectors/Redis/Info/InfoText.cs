namespace Ops.Collectors.Redis.Info;

/// <summary>Reads what INFO answers: sections that begin with <c># Name</c>, and lines <c>name:value</c>.</summary>
internal static class InfoText
{
    /// <summary>The most lines that are taken.</summary>
    public const int FieldsMax = 4096;

    /// <summary>The most characters of a line; a longer one is passed over.</summary>
    public const int LineCharsMax = 4096;

    /// <summary>The lines in order; what is not such a line is passed over.</summary>
    public static IReadOnlyList<InfoField> Read(string text)
    {
        var fields = new List<InfoField>();
        var section = "";
        foreach (var raw in text.AsSpan().EnumerateLines())
        {
            var line = raw.Trim();
            if (line.Length is 0 or > LineCharsMax)
            {
                continue;
            }

            if (line[0] == '#')
            {
                section = line[1..].Trim().ToString().ToLowerInvariant();
                continue;
            }

            var colon = line.IndexOf(':');
            if (colon > 0 && IsName(line[..colon]) && IsName(section))
            {
                fields.Add(new InfoField(section, line[..colon].ToString(), line[(colon + 1)..].ToString()));
            }

            if (fields.Count == FieldsMax)
            {
                break;
            }
        }

        return fields;
    }

    private static bool IsName(ReadOnlySpan<char> name) =>
        name.Length > 0 && !name.ContainsAnyExcept("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.");
}

using System.Text;
using System.Text.Unicode;

namespace Ops.Collectors.Scrape;

/// <summary>Reads a series as an exposition writes it: <c>name{label="value",...}</c>.</summary>
internal static class SeriesText
{
    /// <summary>Labels of one series.</summary>
    public const int LabelsMax = 128;

    /// <summary>Bytes of a metric's name.</summary>
    public const int NameBytesMax = 1024;

    /// <summary>Whether a text may name a label.</summary>
    public static bool IsLabelName(ReadOnlySpan<char> text) =>
        text.Length > 0 && !char.IsAsciiDigit(text[0])
        && text.IndexOfAnyExcept("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") < 0;

    /// <summary>Reads name and labels, in the order in which they stand.</summary>
    /// <returns>What is wrong; null when nothing is.</returns>
    public static string? Read(
        ReadOnlySpan<byte> key, out string name, List<KeyValuePair<string, string>> labels)
    {
        labels.Clear();
        var open = key.IndexOf((byte)'{');
        var nameBytes = (open < 0 ? key : key[..open]).TrimEnd(" \t"u8);
        name = Encoding.UTF8.GetString(nameBytes);
        if (nameBytes.Length > NameBytesMax)
        {
            return $"the metric's name is longer than {NameBytesMax} bytes";
        }

        if (open < 0)
        {
            return null;
        }

        if (!Utf8.IsValid(key))
        {
            return "the labels are not UTF-8";
        }

        return ReadLabels(Encoding.UTF8.GetString(key[(open + 1)..^1]), labels);
    }

    private static string? ReadLabels(string text, List<KeyValuePair<string, string>> labels)
    {
        var at = SkipBlanks(text, 0);
        while (at < text.Length)
        {
            var equals = text.IndexOf('=', at);
            var name = equals < 0 ? text[at..] : text[at..equals].TrimEnd(' ', '\t');
            if (equals < 0 || !IsLabelName(name))
            {
                return $"'{QuotedText.Of(name)}' is no label";
            }

            at = SkipBlanks(text, equals + 1);
            if (at >= text.Length || text[at] != '"')
            {
                return $"the value of label '{QuotedText.Of(name)}' must stand in quotes";
            }

            if (ReadValue(text, ref at) is not { } value)
            {
                return $"the value of label '{QuotedText.Of(name)}' does not end";
            }

            if (labels.Exists(label => label.Key == name))
            {
                return $"label '{QuotedText.Of(name)}' occurs twice";
            }

            if (labels.Count == LabelsMax)
            {
                return $"there are more than {LabelsMax} labels";
            }

            labels.Add(KeyValuePair.Create(name, value));
            at = SkipBlanks(text, at);
            if (at < text.Length && text[at] != ',')
            {
                return $"a comma must follow label '{QuotedText.Of(name)}'";
            }

            at = SkipBlanks(text, at + 1);
        }

        return null;
    }

    /// <summary>Reads from the opening quote to past the closing one; null where there is none.</summary>
    private static string? ReadValue(string text, ref int at)
    {
        var start = ++at;
        var close = text.AsSpan(start).IndexOfAny('"', '\\');
        if (close >= 0 && text[start + close] == '"')
        {
            at = start + close + 1;
            return text.Substring(start, close);
        }

        var value = new StringBuilder();
        for (; at < text.Length; at++)
        {
            if (text[at] == '"')
            {
                at++;
                return value.ToString();
            }

            if (text[at] != '\\' || at + 1 == text.Length)
            {
                value.Append(text[at]);
                continue;
            }

            at++;
            _ = text[at] switch
            {
                'n' => value.Append('\n'),
                '\\' or '"' => value.Append(text[at]),
                _ => value.Append('\\').Append(text[at]),
            };
        }

        return null;
    }

    private static int SkipBlanks(string text, int at)
    {
        while (at < text.Length && text[at] is ' ' or '\t')
        {
            at++;
        }

        return at;
    }
}

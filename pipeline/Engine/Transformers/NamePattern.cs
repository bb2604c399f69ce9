using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.RegularExpressions;
using Ops.Model;

namespace Ops.Pipeline.Transformers;

/// <summary>A search-and-replace of <c>map_from</c> and <c>map_to</c>, written as Python's <c>re.sub</c> takes
/// it.</summary>
/// <remarks>
/// Every match is replaced. Groups are <c>\1</c>, <c>\g&lt;1&gt;</c> or <c>\g&lt;name&gt;</c>. A match may take <see
/// cref="MatchMsMax"/> ms; a name that takes longer stays as it is.
/// </remarks>
internal sealed class NamePattern
{
    private const int MatchMsMax = 100;
    private const int CharsMax = 1024;

    private readonly Regex _from;
    private readonly IReadOnlyList<(string Literal, int Group)> _to;

    private NamePattern(Regex from, IReadOnlyList<(string Literal, int Group)> to)
    {
        _from = from;
        _to = to;
    }

    /// <summary>Compiles the pair, or says what is wrong.</summary>
    public static bool TryParse(
        string from,
        string to,
        [NotNullWhen(true)] out NamePattern? pattern,
        [NotNullWhen(false)] out string? problem)
    {
        pattern = null;
        if (from.Length > CharsMax || to.Length > CharsMax)
        {
            problem = $"has more than {CharsMax} characters";
            return false;
        }

        var groups = new Dictionary<string, int>(StringComparer.Ordinal);
        Regex regex;
        try
        {
            var translated = PythonRegex.Translate(from, groups);
            regex = new Regex(translated, RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(MatchMsMax));
        }
        catch (ArgumentException fault)
        {
            problem = $"is not a valid pattern: {fault.Message.TrimEnd('.')}";
            return false;
        }

        var groupsMax = regex.GetGroupNumbers().Length - 1;
        if (!TryReadReplacement(to, groupsMax, groups, out var parts, out problem))
        {
            return false;
        }

        pattern = new NamePattern(regex, parts);
        return true;
    }

    /// <summary>The text with every match replaced.</summary>
    public string Replace(string text)
    {
        try
        {
            return _from.Replace(text, Expand);
        }
        catch (RegexMatchTimeoutException)
        {
            return text;
        }
    }

    private string Expand(Match match)
    {
        var text = new StringBuilder();
        foreach (var (literal, group) in _to)
        {
            text.Append(literal);
            if (group >= 0)
            {
                text.Append(match.Groups[group].ValueSpan);
            }
        }

        return text.ToString();
    }

    private static bool TryReadReplacement(
        string to,
        int groupsMax,
        Dictionary<string, int> names,
        out List<(string Literal, int Group)> parts,
        [NotNullWhen(false)] out string? problem)
    {
        parts = [];
        var literal = new StringBuilder();
        for (var i = 0; i < to.Length; i++)
        {
            if (to[i] != '\\' || i + 1 == to.Length)
            {
                literal.Append(to[i]);
                continue;
            }

            var word = GroupAt(to, i + 1);
            if (word.Length == 0)
            {
                literal.Append(to[++i] switch { 'n' => "\n", 't' => "\t", '\\' => "\\", var c => $"\\{c}" });
                continue;
            }

            var isNumber = int.TryParse(word, out var group);
            if ((!isNumber && !names.TryGetValue(word, out group)) || group > groupsMax)
            {
                problem = $"refers to group '{word}', but the pattern has {groupsMax}";
                return false;
            }

            parts.Add((literal.ToString(), group));
            literal.Clear();
            i += to[i + 1] == 'g' ? word.Length + 3 : word.Length;
        }

        parts.Add((literal.ToString(), -1));
        problem = null;
        return true;
    }

    /// <summary>The group's number or name after a backslash, or empty.</summary>
    private static string GroupAt(string to, int at)
    {
        if (to[at] == 'g' && at + 1 < to.Length && to[at + 1] == '<' && to.IndexOf('>', at) is var close and > 0)
        {
            return to[(at + 2)..close];
        }

        var end = at;
        while (end < to.Length && end < at + 2 && char.IsAsciiDigit(to[end]))
        {
            end++;
        }

        return to[at..end];
    }
}

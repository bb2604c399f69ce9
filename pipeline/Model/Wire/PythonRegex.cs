using System.Text;

namespace Ops.Model;

/// <summary>Rewrites what Python's patterns write otherwise: named groups, their back-references and
/// <c>\Z</c>.</summary>
/// <remarks>Python numbers named groups with the others in order, .NET after them; so they become plain groups, and
/// <see cref="Translate"/> keeps their numbers.</remarks>
public static class PythonRegex
{
    /// <summary>The pattern as .NET reads it.</summary>
    /// <param name="pattern">A pattern of Python's <c>re</c>.</param>
    /// <param name="groups">Takes the names of groups with their numbers.</param>
    /// <exception cref="ArgumentException">A back-reference names no group.</exception>
    public static string Translate(string pattern, Dictionary<string, int> groups)
    {
        var result = new StringBuilder();
        var inSet = false;
        var count = 0;
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (c == '\\' && i + 1 < pattern.Length)
            {
                result.Append(!inSet && pattern[i + 1] == 'Z' ? "\\z" : pattern.Substring(i, 2));
                i++;
            }
            else if (inSet)
            {
                inSet = c != ']' || IsFirstInSet(pattern, i);
                result.Append(c == '[' ? "\\[" : c.ToString());
            }
            else if (c != '(')
            {
                inSet = c == '[';
                result.Append(c);
            }
            else if (NameAt(pattern, i, "(?P<", '>') is { } name)
            {
                groups[name] = ++count;
                result.Append('(');
                i += name.Length + 4;
            }
            else if (NameAt(pattern, i, "(?P=", ')') is { } reference)
            {
                result.Append(groups.TryGetValue(reference, out var number)
                    ? $"(?:\\{number})"
                    : throw new ArgumentException($"group '{reference}' is not defined"));
                i += reference.Length + 4;
            }
            else
            {
                count += i + 1 < pattern.Length && pattern[i + 1] == '?' ? 0 : 1;
                result.Append(c);
            }
        }

        return result.ToString();
    }

    private static string? NameAt(string pattern, int at, string opening, char closing)
    {
        if (string.CompareOrdinal(pattern, at, opening, 0, opening.Length) != 0)
        {
            return null;
        }

        var end = pattern.IndexOf(closing, at + opening.Length);
        return end < 0 ? null : pattern[(at + opening.Length)..end];
    }

    /// <summary>Whether a bracket stands right after the opening of a set, where it means itself.</summary>
    private static bool IsFirstInSet(string pattern, int at) =>
        pattern[at - 1] == '[' || (pattern[at - 1] == '^' && at >= 2 && pattern[at - 2] == '[');
}

using System.Text;
using System.Text.RegularExpressions;
using Ops.Model;

namespace Ops.Collectors.Notifications.Paths;

/// <summary>Regular expressions as Python writes them, with bounded time.</summary>
/// <remarks>
/// What can be matched without backtracking is, in time linear in the text; look-arounds and back-references have
/// <see cref="TimeMax"/> for each text, after which they match nothing. Named groups become plain ones, since Python
/// numbers them with the others.
/// </remarks>
internal static class PythonPattern
{
    /// <summary>The longest that a match may take where it must backtrack.</summary>
    public static readonly TimeSpan TimeMax = TimeSpan.FromMilliseconds(100);

    /// <summary>Compiles a pattern, null with a fault where it is not one.</summary>
    /// <param name="pattern">The pattern in Python's syntax.</param>
    /// <param name="isPrefix">Whether it must match from the start, as <c>re.match</c> does.</param>
    /// <param name="fault">What is wrong.</param>
    public static Regex? Compile(string pattern, bool isPrefix, out string fault)
    {
        fault = "";
        try
        {
            var translated = PythonRegex.Translate(pattern, []);
            translated = isPrefix ? $@"\A(?:{translated})" : translated;
            try
            {
                return new Regex(translated, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            }
            catch (NotSupportedException)
            {
                return new Regex(translated, RegexOptions.CultureInvariant, TimeMax);
            }
        }
        catch (ArgumentException e)
        {
            fault = $"'{pattern}' is not a regular expression: {e.Message}";
            return null;
        }
    }

    /// <summary>Whether the pattern matches; not where it takes too long.</summary>
    public static bool IsMatch(Regex pattern, string text)
    {
        try
        {
            return pattern.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    /// <summary>The text with every match replaced; null where that takes too long or grows too large.</summary>
    public static string? Replace(Regex pattern, string text, string replacement)
    {
        try
        {
            var result = new StringBuilder();
            var done = 0;
            for (var match = pattern.Match(text); match.Success; match = match.NextMatch())
            {
                result.Append(text, done, match.Index - done);
                AppendReplacement(result, match, replacement);
                done = match.Index + match.Length;
                if (result.Length > PathRun.MadeLengthMax)
                {
                    return null;
                }
            }

            result.Append(text, done, text.Length - done);
            return result.Length > PathRun.MadeLengthMax ? null : result.ToString();
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    /// <summary>What is wrong with a replacement for that pattern, or null.</summary>
    public static string? FaultOf(string replacement, Regex pattern)
    {
        for (var i = 0; i < replacement.Length; i++)
        {
            if (replacement[i] != '\\')
            {
                continue;
            }

            if (ReferenceAt(replacement, i) is { } reference)
            {
                if (!pattern.GetGroupNumbers().Contains(reference.Group))
                {
                    return $"group {reference.Group} of '{replacement}' does not exist";
                }

                i += reference.Length - 1;
            }
            else if (i + 1 == replacement.Length || !@"\nrt".Contains(replacement[i + 1], StringComparison.Ordinal))
            {
                return $"'{replacement}' holds an escape that is none of \\1, \\g<1>, \\\\, \\n, \\r, \\t";
            }
            else
            {
                i++;
            }
        }

        return null;
    }

    private static void AppendReplacement(StringBuilder result, Match match, string replacement)
    {
        for (var i = 0; i < replacement.Length; i++)
        {
            if (replacement[i] != '\\')
            {
                result.Append(replacement[i]);
            }
            else if (ReferenceAt(replacement, i) is { } reference)
            {
                result.Append(match.Groups[reference.Group].ValueSpan);
                i += reference.Length - 1;
            }
            else
            {
                i++;
                result.Append(replacement[i] switch { 'n' => '\n', 'r' => '\r', 't' => '\t', var other => other });
            }
        }
    }

    /// <summary>The group that <c>\1</c>, <c>\12</c> or <c>\g&lt;1></c> at that place names, and the length of it.
    /// </summary>
    private static (int Group, int Length)? ReferenceAt(string replacement, int at)
    {
        var rest = replacement.AsSpan(at + 1);
        var isLong = rest.StartsWith("g<");
        rest = isLong ? rest[2..] : rest;
        var digits = rest.IndexOfAnyExceptInRange('0', '9');
        digits = Math.Min(digits < 0 ? rest.Length : digits, 2);
        if (digits == 0 || (isLong && (digits == rest.Length || rest[digits] != '>')))
        {
            return null;
        }

        var group = int.Parse(rest[..digits], System.Globalization.CultureInfo.InvariantCulture);
        return (group, digits + (isLong ? 4 : 1));
    }
}

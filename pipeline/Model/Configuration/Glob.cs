namespace Ops.Model;

/// <summary>
/// Shell patterns over names: <c>*</c>, <c>?</c>, <c>[abc]</c>, <c>[a-z]</c>, <c>[!abc]</c>; case matters.
/// </summary>
/// <remarks>
/// Source: fnmatch as Ceilometer's meter lists use it. Time is at most pattern length times text length.
/// </remarks>
public static class Glob
{
    /// <summary>Whether the whole text fits the pattern.</summary>
    public static bool Matches(string pattern, string text)
    {
        int p = 0, t = 0, starPattern = -1, starText = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                starPattern = p++;
                starText = t;
            }
            else if (p < pattern.Length && MatchesOne(pattern, p, text[t], out var next))
            {
                p = next;
                t++;
            }
            else if (starPattern >= 0)
            {
                p = starPattern + 1;
                t = ++starText;
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern[p] == '*')
        {
            p++;
        }

        return p == pattern.Length;
    }

    /// <summary>Whether a name holds any of the pattern characters.</summary>
    public static bool IsPattern(string name) => name.AsSpan().ContainsAny("*?[");

    private static bool MatchesOne(string pattern, int at, char c, out int next)
    {
        next = at + 1;
        if (pattern[at] == '?')
        {
            return true;
        }

        if (pattern[at] != '[' || pattern.IndexOf(']', Math.Min(at + 2, pattern.Length)) is var close && close < 0)
        {
            return pattern[at] == c;
        }

        next = close + 1;
        var inside = pattern.AsSpan(at + 1, close - at - 1);
        var negated = inside[0] == '!';
        if (negated)
        {
            inside = inside[1..];
        }

        return InSet(inside, c) != negated;
    }

    private static bool InSet(ReadOnlySpan<char> set, char c)
    {
        for (var i = 0; i < set.Length; i++)
        {
            if (i + 2 < set.Length && set[i + 1] == '-')
            {
                if (c >= set[i] && c <= set[i + 2])
                {
                    return true;
                }

                i += 2;
            }
            else if (set[i] == c)
            {
                return true;
            }
        }

        return false;
    }
}

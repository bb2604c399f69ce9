using System.Text.RegularExpressions;

namespace Ops.Storage.InfluxQl.Syntax;

/// <summary>A user's regular expression: linear in the text it reads, and bounded in size and time.</summary>
internal sealed class Pattern
{
    /// <summary>The longest pattern, in characters.</summary>
    public const int LengthMax = 8192;

    private static readonly TimeSpan MatchTimeMax = TimeSpan.FromSeconds(1);

    private readonly Regex _regex;

    private Pattern(Regex regex) => _regex = regex;

    /// <summary>Reads a pattern.</summary>
    /// <exception cref="InfluxQlException">It is not one, or too long.</exception>
    public static Pattern Parse(string text)
    {
        if (text.Length > LengthMax)
        {
            throw new InfluxQlException($"error parsing regexp: longer than {LengthMax} characters");
        }

        try
        {
            return new Pattern(new Regex(
                text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, MatchTimeMax));
        }
        catch (RegexParseException e) when (e.Error == RegexParseError.InsufficientClosingParentheses)
        {
            throw new InfluxQlException($"error parsing regexp: missing closing ): `{text}`");
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new InfluxQlException($"error parsing regexp: {e.Message}: `{text}`");
        }
    }

    /// <summary>Whether it occurs in a text.</summary>
    /// <exception cref="InfluxQlException">It took too long.</exception>
    public bool Matches(string text)
    {
        try
        {
            return _regex.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            throw new InfluxQlException($"regexp took longer than {MatchTimeMax.TotalSeconds} s on one value");
        }
    }
}

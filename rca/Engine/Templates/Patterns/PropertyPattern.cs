using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Ops.Rca.Templates.Patterns;

/// <summary>A compiled <c>.regex</c> predicate: matches from the start of a text, as Python's re.match.</summary>
/// <remarks>
/// Matched in time linear in the text where the expression has no look-around, back-reference or atomic group; else by
/// backtracking for at most <see cref="TemplateLimits.PatternTimeMax"/>, after which the text does not match.
/// Thread-safe.
/// </remarks>
public sealed class PropertyPattern
{
    private readonly Regex _regex;
    private long _timeouts;

    private PropertyPattern(Regex regex) => _regex = regex;

    /// <summary>Matches that were given up for taking too long.</summary>
    public long Timeouts => Interlocked.Read(ref _timeouts);

    /// <summary>Whether matching is linear in the text.</summary>
    public bool IsLinear => _regex.Options.HasFlag(RegexOptions.NonBacktracking);

    /// <summary>Compiles an expression in Python's syntax; says why where it cannot be used.</summary>
    public static bool TryCreate(
        string pattern, [NotNullWhen(true)] out PropertyPattern? compiled, [NotNullWhen(false)] out string? error)
    {
        compiled = null;
        if (pattern.Length > TemplateLimits.PatternCharsMax)
        {
            error = $"longer than {TemplateLimits.PatternCharsMax} characters";
            return false;
        }

        if (!PythonPattern.TryTranslate(pattern, out var translated, out error))
        {
            return false;
        }

        try
        {
            compiled = new PropertyPattern(Compile(translated));
            error = null;
            return true;
        }
        catch (RegexParseException fault)
        {
            error = PythonPattern.Explain(fault);
            return false;
        }
    }

    /// <summary>Compiles an expression that validation accepted.</summary>
    /// <exception cref="ArgumentException">It was not accepted.</exception>
    public static PropertyPattern Create(string pattern) =>
        TryCreate(pattern, out var compiled, out var error)
            ? compiled
            : throw new ArgumentException(error, nameof(pattern));

    /// <summary>Whether the text matches from its start.</summary>
    public bool Matches(string text)
    {
        try
        {
            return _regex.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            Interlocked.Increment(ref _timeouts);
            return false;
        }
    }

    private static Regex Compile(TranslatedPattern translated)
    {
        var options = translated.Options | RegexOptions.CultureInvariant;
        _ = new Regex(translated.Text, options, TemplateLimits.PatternTimeMax); // a stray ) must not close our group
        var end = translated.Options.HasFlag(RegexOptions.IgnorePatternWhitespace) ? "\n)" : ")";
        var anchored = @"\A(?:" + translated.Text + end;
        try
        {
            return new Regex(anchored, options | RegexOptions.NonBacktracking, TemplateLimits.PatternTimeMax);
        }
        catch (NotSupportedException)
        {
            return new Regex(anchored, options, TemplateLimits.PatternTimeMax);
        }
    }
}

/// <summary>An expression in .NET's syntax.</summary>
internal readonly record struct TranslatedPattern(string Text, RegexOptions Options);

using System.Text.RegularExpressions;

namespace Ops.Collectors.HttpChecks;

/// <summary>When the answer to a check is good: all that is named must hold.</summary>
public sealed record HttpExpectation
{
    /// <summary><c>status</c>: numbers from 100 to 599, or classes such as <c>2xx</c>; default <c>[2xx]</c>.</summary>
    public IReadOnlyList<string> Status { get; init; } = ["2xx"];

    /// <summary><c>body_contains</c>: text that the body holds, case and all; default none.</summary>
    public string? BodyContains { get; init; }

    /// <summary><c>body_regex</c>: what the body matches somewhere, in time linear in its length; default none.
    /// </summary>
    public Regex? BodyRegex { get; init; }

    /// <summary><c>within</c>: how long the answer may take; default as long as the timeout.</summary>
    public TimeSpan? Within { get; init; }

    /// <summary>Whether the body matters.</summary>
    public bool NeedsBody => BodyContains is not null || BodyRegex is not null;

    /// <summary>What is wrong with an answer; null when it is good.</summary>
    /// <param name="status">The status.</param>
    /// <param name="body">The body, as far as it was read; asked for only where it matters.</param>
    /// <param name="taken">How long it took.</param>
    public string? Judge(int status, Func<string> body, TimeSpan taken)
    {
        if (!Status.Any(allowed => Fits(allowed, status)))
        {
            return FormattableString.Invariant($"answered {status}, expected {string.Join(" or ", Status)}");
        }

        if (NeedsBody)
        {
            var text = body();
            if (BodyContains is { } part && !text.Contains(part, StringComparison.Ordinal))
            {
                return $"the body does not contain '{part}'";
            }

            if (BodyRegex is { } pattern && !pattern.IsMatch(text))
            {
                return $"the body does not match '{pattern}'";
            }
        }

        return taken > Within
            ? FormattableString.Invariant($"took longer than {Within.Value.TotalSeconds:0.###} s")
            : null;
    }

    private static bool Fits(string allowed, int status) => allowed.EndsWith("xx", StringComparison.Ordinal)
        ? allowed[0] - '0' == status / 100
        : allowed == FormattableString.Invariant($"{status}");
}

using System.Globalization;
using System.Text.RegularExpressions;

namespace Ops.Collectors.Notifications.Paths;

/// <summary>Reads what stands between back-quotes.</summary>
internal static partial class PathOperations
{
    private static readonly string[] Names = ["this", "parent", "len", "sorted", "split", "sub"];

    public static PathNode Read(PathToken token)
    {
        switch (token.Text)
        {
            case "this": return new ThisNode();
            case "parent": return new ParentNode();
            case "len": return new LengthNode();
            case "sorted": return new SortedNode([]);
        }

        if (token.Text.StartsWith("split(", StringComparison.Ordinal))
        {
            return Split(token);
        }

        if (token.Text.StartsWith("sub(", StringComparison.Ordinal))
        {
            return Substitute(token);
        }

        var word = token.Text.Split('(')[0];
        throw new PathSyntaxException($"unknown operation `{token.Text}` at {token.At}; known: "
            + string.Join(", ", Names) + Ops.Model.NearestName.Hint(word, Names));
    }

    private static SplitNode Split(PathToken token)
    {
        var match = SplitForm().Match(token.Text);
        if (!match.Success
            || !int.TryParse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture, out var segment)
            || !int.TryParse(match.Groups[3].ValueSpan, CultureInfo.InvariantCulture, out var splitsMax))
        {
            throw new PathSyntaxException($"`{token.Text}` at {token.At} must be `split(character, segment, max)` with "
                + "a blank after each comma, such as `split(., 0, -1)`");
        }

        return new SplitNode(match.Groups[1].Value, segment, Math.Min(splitsMax, int.MaxValue - 1));
    }

    private static SubstituteNode Substitute(PathToken token)
    {
        var match = SubstituteForm().Match(token.Text);
        if (!match.Success)
        {
            throw new PathSyntaxException($"`{token.Text}` at {token.At} must be `sub(/pattern/, replacement)` with a "
                + "blank after the comma");
        }

        var replacement = match.Groups[2].Value.Trim();
        var pattern = PythonPattern.Compile(match.Groups[1].Value.Trim(), isPrefix: false, out var fault)
            ?? throw new PathSyntaxException(fault);
        return PythonPattern.FaultOf(replacement, pattern) is { } wrong
            ? throw new PathSyntaxException(wrong)
            : new SubstituteNode(pattern, replacement);
    }

    [GeneratedRegex(@"\Asplit\((.),\s+([0-9]+),\s+([0-9]+|-1)\)", RegexOptions.NonBacktracking)]
    private static partial Regex SplitForm();

    [GeneratedRegex(@"\Asub\(/(.*)/,\s+(.*)\)", RegexOptions.NonBacktracking)]
    private static partial Regex SubstituteForm();
}

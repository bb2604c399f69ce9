using System.CommandLine;
using System.CommandLine.Parsing;
using Ops.Model;

namespace Ops.Server.Cli;

/// <summary>Words for arguments that cannot be understood, each with the nearest name.</summary>
internal static class UsageFaults
{
    /// <summary>What is wrong, one line each.</summary>
    public static IReadOnlyList<string> Describe(ParseResult parsed)
    {
        var result = parsed.CommandResult;
        var path = PathOf(result);
        if (parsed.UnmatchedTokens.FirstOrDefault() is { } stranger)
        {
            return [Stranger(stranger, result, path)];
        }

        if (result.Command is { Action: null, Subcommands: { Count: > 0 } verbs })
        {
            return [$"'{path}' needs a verb: {string.Join(", ", verbs.Select(verb => verb.Name))}"];
        }

        return [.. parsed.Errors.Select(error => $"{error.Message.TrimEnd('.')} (see '{path} --help')").Distinct()];
    }

    private static string Stranger(string token, CommandResult result, string path)
    {
        var shown = Terminal.Printable(token.Length > 100 ? token[..100] + "…" : token);
        if (token.StartsWith('-') && token.Length > 1)
        {
            var options = OptionsOf(result);
            return $"'{path}' has no option '{shown}'; it has {string.Join(", ", options)}"
                + NearestName.Hint(token, options);
        }

        if (result.Command.Subcommands.Count == 0)
        {
            return $"'{path}' does not take '{shown}' (see '{path} --help')";
        }

        var verbs = result.Command.Subcommands.Select(verb => verb.Name).ToList();
        return $"there is no verb '{shown}' of '{path}'; there are {string.Join(", ", verbs)}"
            + NearestName.Hint(token, verbs);
    }

    private static List<string> OptionsOf(CommandResult result) =>
        [.. result.Command.Options.Where(option => !option.Hidden).Select(option => option.Name)];

    private static string PathOf(SymbolResult result)
    {
        var names = new List<string>();
        for (SymbolResult? at = result; at is CommandResult command; at = at.Parent)
        {
            names.Insert(0, command.Command is RootCommand ? "ops" : command.Command.Name);
        }

        return string.Join(' ', names);
    }
}

using System.CommandLine;

namespace Ops.Server.Cli.Verbs;

/// <summary><c>ops template validate</c>.</summary>
internal static class TemplateValidateVerb
{
    /// <summary>The verb.</summary>
    public static Command Create(CliRooms rooms, Terminal terminal)
    {
        var files = new Argument<string[]>("F")
        {
            Description = "Template files; together they are one set.",
            Arity = ArgumentArity.OneOrMore,
        };
        var parameters = new Option<string?>("--params")
        {
            Description = "A file of parameters.",
            HelpName = "F",
        };
        var verb = new Command("validate", "Validate templates: one JSON line a file, exit code 1 when one is faulty.")
        {
            files, parameters, ReplayOptions.Json(),
        };
        verb.SetAction((parsed, cancellationToken) =>
        {
            var given = parsed.GetRequiredValue(files);
            foreach (var file in given)
            {
                ReplayOptions.RequireFile(file);
            }

            if (parsed.GetValue(parameters) is { } parametersFile)
            {
                ReplayOptions.RequireFile(parametersFile);
            }

            return rooms.TemplateValidate(
                new TemplateValidateRequest(given, parsed.GetValue(parameters), terminal.Output, terminal.Error),
                cancellationToken);
        });
        return verb;
    }
}

using System.CommandLine;

namespace Ops.Server.Cli.Verbs;

/// <summary><c>ops rca replay</c>.</summary>
internal static class RcaReplayVerb
{
    /// <summary>The verb.</summary>
    public static Command Create(CliRooms rooms, ReplayStreams streams, Terminal terminal)
    {
        var templates = ReplayOptions.Required("--templates", "DIR", "The folder of templates.");
        var stateValues = new Option<string?>("--state-values")
        {
            Description = "A folder of state values that overlays the built-in ones, file by file.",
            HelpName = "DIR",
        };
        var input = ReplayOptions.Input("Observations as JSON lines");
        var output = ReplayOptions.Output();
        var final = new Option<bool>("--final") { Description = "End with a line of everything that is live." };
        var stats = new Option<bool>("--stats")
        {
            Description = "Tell events, matches, CPU time per event and bytes per vertex on standard error.",
        };
        var verb = new Command("replay", "Pass observations through templates and print what is deduced.")
        {
            templates, stateValues, input, output, final, stats, ReplayOptions.Json(),
        };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            var folder = parsed.GetRequiredValue(templates);
            var values = parsed.GetValue(stateValues);
            ReplayOptions.RequireFolder(folder);
            if (values is not null)
            {
                ReplayOptions.RequireFolder(values);
            }

            var name = parsed.GetRequiredValue(input);
            await using var from = streams.OpenInput(name);
            await using var to = streams.OpenOutput(parsed.GetValue(output));
            return await rooms.RcaReplay(
                new RcaReplayRequest(
                    folder, values, from, ReplayStreams.NameOf(name), to, terminal.Error,
                    parsed.GetValue(final), parsed.GetValue(stats)),
                cancellationToken);
        });
        return verb;
    }
}

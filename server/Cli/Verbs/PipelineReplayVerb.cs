using System.CommandLine;

namespace Ops.Server.Cli.Verbs;

/// <summary><c>ops pipeline replay</c>.</summary>
internal static class PipelineReplayVerb
{
    /// <summary>The verb.</summary>
    public static Command Create(CliRooms rooms, ReplayStreams streams, Terminal terminal)
    {
        var pipeline = ReplayOptions.Required("--pipeline", "F", "The pipeline's file.");
        var input = ReplayOptions.Input("Samples, flushes and times as JSON lines");
        var output = ReplayOptions.Output();
        var noFinalFlush = new Option<bool>("--no-final-flush")
        {
            Description = "Do not flush at the end of the input.",
        };
        var publish = new Option<bool>("--publish") { Description = "Call the publishers too." };
        var verb = new Command("replay", "Pass samples through a pipeline and print what is published.")
        {
            pipeline, input, output, noFinalFlush, publish, ReplayOptions.Json(),
        };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            var file = parsed.GetRequiredValue(pipeline);
            ReplayOptions.RequireFile(file);
            var name = parsed.GetRequiredValue(input);
            await using var from = streams.OpenInput(name);
            await using var to = streams.OpenOutput(parsed.GetValue(output));
            return await rooms.PipelineReplay(
                new PipelineReplayRequest(
                    file, from, ReplayStreams.NameOf(name), to, terminal.Error,
                    !parsed.GetValue(noFinalFlush), parsed.GetValue(publish)),
                cancellationToken);
        });
        return verb;
    }
}

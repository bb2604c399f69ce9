using Ops.Server.Cli;
using Ops.Server.Cli.Replays;
using Ops.Server.Config;

namespace Ops.Server;

/// <summary>The program <c>ops</c>.</summary>
public static class Program
{
    /// <summary>Runs a verb; without one, <c>serve</c>.</summary>
    public static Task<int> Main(string[] args)
    {
        var folder = AppContext.BaseDirectory;
        var rooms = new CliRooms
        {
            Serve = (_, _) => throw new CommandFault("serving is not built in yet"),
            PipelineReplay = PipelineReplays.RunAsync,
            RcaReplay = new RcaReplays(folder).RunAsync,
            TemplateValidate = new TemplateValidations(folder).RunAsync,
            Checks = ConfigDocuments.Checks(),
            ProgramFolder = folder,
        };
        var terminal = new Terminal(System.Console.Out, System.Console.Error, !System.Console.IsOutputRedirected);
        return new CommandLine(rooms, terminal).RunAsync(args);
    }
}

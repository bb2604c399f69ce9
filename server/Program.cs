using Ops.Server.Cli;
using Ops.Server.Cli.Replays;
using Ops.Server.Config;
using Ops.Server.Wiring;

namespace Ops.Server;

/// <summary>The program <c>ops</c>.</summary>
public static class Program
{
    /// <summary>Runs a verb; without one, <c>serve</c>.</summary>
    /// <returns>0 ok, 1 the answer is no, 2 bad usage or input.</returns>
    public static Task<int> Main(string[] args)
    {
        var folder = AppContext.BaseDirectory;
        var terminal = new Terminal(System.Console.Out, System.Console.Error, !System.Console.IsOutputRedirected);
        var rooms = new CliRooms
        {
            Serve = new ServeRun(terminal).RunAsync,
            PipelineReplay = PipelineReplays.RunAsync,
            RcaReplay = new RcaReplays(folder).RunAsync,
            TemplateValidate = new TemplateValidations(folder).RunAsync,
            Checks = ConfigDocuments.Checks(),
            ProgramFolder = folder,
        };
        return new CommandLine(rooms, terminal).RunAsync(args);
    }
}

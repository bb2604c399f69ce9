using Ops.Server.Cli;
using Ops.Server.Wiring;

namespace Ops.Server;

/// <summary>The program <c>ops</c>.</summary>
public static class Program
{
    /// <summary>Runs a verb; without one, <c>serve</c>.</summary>
    /// <returns>0 ok, 1 the answer is no, 2 bad usage or input.</returns>
    public static Task<int> Main(string[] args)
    {
        var terminal = new Terminal(System.Console.Out, System.Console.Error, !System.Console.IsOutputRedirected);
        return new CommandLine(CliWork.Rooms(terminal), terminal).RunAsync(args);
    }
}

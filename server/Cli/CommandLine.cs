using System.CommandLine;
using Ops.Server.Cli.Client;
using Ops.Server.Cli.Verbs;

namespace Ops.Server.Cli;

/// <summary>The program's verbs.</summary>
/// <param name="rooms">Do the work of the verbs that need no server.</param>
/// <param name="terminal">Where verbs write.</param>
/// <param name="input">Stands for <c>-</c> as an input; default standard input.</param>
/// <param name="environment">Reads OPS_SERVER and OPS_TOKEN; default the process's environment.</param>
/// <param name="network">Carries the requests to a server; default the real network.</param>
public sealed class CommandLine(
    CliRooms rooms,
    Terminal terminal,
    Func<Stream>? input = null,
    Func<string, string?>? environment = null,
    HttpMessageHandler? network = null)
{
    /// <summary>Runs the verb that the arguments name; without one, <c>serve</c>.</summary>
    /// <returns>0 ok, 1 the answer is no, 2 bad usage or input.</returns>
    public async Task<int> RunAsync(string[] args, CancellationToken cancellationToken = default)
    {
        var parsed = Root().Parse(args, new ParserConfiguration
        {
            EnablePosixBundling = false,
            ResponseFileTokenReplacer = null,
        });
        var asksForHelp = parsed.Action is System.CommandLine.Help.HelpAction;
        if (parsed.Errors.Count > 0 && !asksForHelp)
        {
            foreach (var message in UsageFaults.Describe(parsed))
            {
                await terminal.Error.WriteLineAsync($"ops: {message}");
            }

            return 2;
        }

        try
        {
            var invocation = new InvocationConfiguration
            {
                Output = terminal.Output,
                Error = terminal.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            };
            return await parsed.InvokeAsync(invocation, cancellationToken);
        }
        catch (CommandFault fault)
        {
            await terminal.Error.WriteLineAsync($"ops: {fault.Message}");
            return fault.ExitCode;
        }
        catch (IOException fault)
        {
            // A disk that is full or a device that goes away while a verb writes.
            await terminal.Error.WriteLineAsync($"ops: {fault.Message}");
            return 2;
        }
    }

    /// <summary>All verbs, such as <c>alarms</c> and <c>pipeline replay</c>, in the order of the help.</summary>
    public IReadOnlyList<string> Verbs() => [.. Leaves(Root(), "")];

    private static IEnumerable<string> Leaves(Command command, string path) =>
        command.Subcommands.SelectMany(one => one.Subcommands.Count == 0
            ? [$"{path}{one.Name}"]
            : Leaves(one, $"{path}{one.Name} "));

    private RootCommand Root()
    {
        var root = new RootCommand(
            "Ops turns telemetry into causes, and causes into repairs. Without a verb it serves.\n"
            + "Exit codes: 0 ok, 1 the answer is no, 2 bad usage or input.");
        var streams = new ReplayStreams(terminal, input ?? System.Console.OpenStandardInput);
        var client = new ClientOptions(environment ?? Environment.GetEnvironmentVariable, network);
        ServeVerb.Configure(root, rooms);
        root.Add(ServeVerb.Configure(new Command("serve", "Run the server (also without a verb)."), rooms));
        root.Add(CheckVerb.Create(rooms, terminal));
        root.Add(Group("pipeline", "Sample pipelines.", PipelineReplayVerb.Create(rooms, streams, terminal)));
        root.Add(Group("rca", "Root cause analysis.", RcaReplayVerb.Create(rooms, streams, terminal)));
        root.Add(Group("template", "Root cause templates.", TemplateValidateVerb.Create(rooms, terminal)));
        root.Add(StatusVerb.Create(client, terminal));
        root.Add(TopologyVerb.Create(client, terminal));
        root.Add(AlarmsVerb.Create(client, terminal));
        root.Add(EventsVerb.Create(client, terminal));
        root.Add(WhyVerb.Create(client, terminal));
        root.Add(QueryVerb.Create(client, terminal));
        return root;
    }

    private static Command Group(string name, string description, params ReadOnlySpan<Command> verbs)
    {
        var group = new Command(name, description);
        foreach (var verb in verbs)
        {
            group.Add(verb);
        }

        return group;
    }
}

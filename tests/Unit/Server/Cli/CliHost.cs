using System.Text;
using Ops.Server.Cli;
using Ops.Unit.Server.Api;

namespace Ops.Unit.Server.Cli;

/// <summary>The command line with everything it touches in the test's hands.</summary>
internal sealed class CliHost
{
    public StringWriter Output { get; } = new();

    public StringWriter Error { get; } = new();

    public Dictionary<string, string> Environment { get; } = [];

    public string Input { get; set; } = "";

    public HttpMessageHandler? Network { get; set; }

    public List<object> Asked { get; } = [];

    public int RoomsAnswer { get; set; }

    public string ProgramFolder { get; set; } = "/nowhere";

    public static CliHost Over(ApiHost server) => new() { Network = server.Handler };

    public CommandLine CommandLine => new(
        new CliRooms
        {
            Serve = (options, _) => AskAsync(options),
            PipelineReplay = (request, _) => ReplayAsync(request, request.Input, request.Output),
            RcaReplay = (request, _) => ReplayAsync(request, request.Input, request.Output),
            TemplateValidate = (request, _) => AskAsync(request),
            ProgramFolder = ProgramFolder,
        },
        new Terminal(Output, Error, isTerminal: false),
        () => new MemoryStream(Encoding.UTF8.GetBytes(Input)),
        name => Environment.GetValueOrDefault(name),
        Network);

    public Task<int> RunAsync(params string[] args) => CommandLine.RunAsync(args);

    private Task<int> AskAsync(object asked)
    {
        Asked.Add(asked);
        return Task.FromResult(RoomsAnswer);
    }

    private async Task<int> ReplayAsync(object asked, Stream input, Stream output)
    {
        await input.CopyToAsync(output);
        return await AskAsync(asked);
    }
}

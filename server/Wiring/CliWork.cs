using Ops.Model;
using Ops.Pipeline.Configuration;
using Ops.Pipeline.Publishers;
using Ops.Pipeline.Replay;
using Ops.Rca.Evaluation.Strata;
using Ops.Rca.Templates;
using Ops.Server.Cli;
using Ops.Server.Config;

namespace Ops.Server.Wiring;

/// <summary>Joins the verbs that need no server to the rooms that do their work.</summary>
internal static class CliWork
{
    public static CliRooms Rooms(Terminal terminal) => new()
    {
        Serve = new ServeRun(terminal).RunAsync,
        PipelineReplay = ReplayPipelineAsync,
        RcaReplay = RcaReplayRun.RunAsync,
        TemplateValidate = (request, _) => Task.FromResult(ValidateTemplates(request)),
        Checks = ConcernReaders.Checks,
    };

    private static async Task<int> ReplayPipelineAsync(PipelineReplayRequest request, CancellationToken cancellationToken)
    {
        var faults = new ConfigFaults();
        var root = YamlReader.ReadFile(request.PipelineFile, faults);
        var config = faults.None ? PipelineConfig.Read(root, request.PipelineFile, faults) : null;
        foreach (var fault in faults.Warnings.Concat(faults.All))
        {
            await request.Error.WriteLineAsync(fault.ToString());
        }

        if (config is null)
        {
            return 2;
        }

        var options = new ReplayOptions
        {
            FinalFlush = request.FinalFlush,
            Publishers = request.Publish ? PublisherCatalog.BuiltIn(new NoStore(), TimeProvider.System) : null,
            Warn = request.Error.WriteLine,
        };
        using var input = new StreamReader(request.Input);
        await using var output = new StreamWriter(request.Output);
        try
        {
            await new PipelineReplay(config, options).RunAsync(input, output, cancellationToken);
            return 0;
        }
        catch (ReplayInputException fault)
        {
            await request.Error.WriteLineAsync($"ops: {request.InputName}: {fault.Message}");
            return 2;
        }
    }

    private static int ValidateTemplates(TemplateValidateRequest request)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        var faults = new ConfigFaults();
        if (request.ParametersFile is { } file && YamlReader.ReadFile(file, faults) is { } root)
        {
            foreach (var member in root.Members)
            {
                parameters[member.Key] = member.Value.Text ?? "";
            }
        }

        if (!faults.None)
        {
            request.Error.WriteLine($"ops: {faults.All[0]}");
            return 2;
        }

        var values = ConcernReaders.StateValues(
            new ConfigFolder(null, Path.Combine(AppContext.BaseDirectory, "etc")), new ConfigFaults());
        var set = TemplateSetReader.Read(
            [.. request.Files.Select(TemplateFiles.Open)], parameters, OscillationCheck.With(values));
        foreach (var result in set.Files)
        {
            request.Output.WriteLine(result.ToJsonLine());
        }

        return set.Files.All(result => result.IsOk) ? 0 : 1;
    }

    /// <summary>A replay has no store of its own: <c>store://</c> takes samples and keeps nothing.</summary>
    private sealed class NoStore : ISampleSink
    {
        public ValueTask AcceptAsync(SampleBatch batch, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}

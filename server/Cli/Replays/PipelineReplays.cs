using System.Globalization;
using System.Text;
using Ops.Model;
using Ops.Pipeline.Configuration;
using Ops.Pipeline.Publishers;
using Ops.Pipeline.Replay;
using Ops.Server.Config;

namespace Ops.Server.Cli.Replays;

/// <summary>Does the work of <c>ops pipeline replay</c>.</summary>
public static class PipelineReplays
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Replays; 2 where the file or a line is faulty.</summary>
    public static async Task<int> RunAsync(PipelineReplayRequest request, CancellationToken cancellationToken)
    {
        if (Read(request) is not { } config)
        {
            return 2;
        }

        using var input = new StreamReader(request.Input, Utf8, true, 1 << 16, leaveOpen: true);
        await using var output = new StreamWriter(request.Output, Utf8, 1 << 16, leaveOpen: true) { NewLine = "\n" };
        void Warn(string text) => request.Error.WriteLine($"ops: {request.InputName}: {text}");
        var replay = new PipelineReplay(config, new ReplayOptions
        {
            FinalFlush = request.FinalFlush,
            Publishers = request.Publish ? PublisherCatalog.BuiltIn(new NoStore(), TimeProvider.System, Warn) : null,
            Warn = Warn,
        });
        try
        {
            var summary = await replay.RunAsync(input, output, cancellationToken);
            foreach (var (reason, count) in summary.Dropped)
            {
                await request.Error.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture, $"ops: {count} dropped: {reason}"));
            }

            return 0;
        }
        catch (ReplayInputException fault)
        {
            throw new CommandFault($"{request.InputName}: {fault.Message}");
        }
    }

    private static PipelineConfig? Read(PipelineReplayRequest request)
    {
        var faults = new ConfigFaults();
        var secrets = new ConfigSecrets();
        var root = YamlReader.ReadFile(request.PipelineFile, faults);
        if (root is not null)
        {
            root = secrets.Substitute(root, Path.GetDirectoryName(Path.GetFullPath(request.PipelineFile))!, faults);
        }

        var config = faults.None ? PipelineConfig.Read(root, request.PipelineFile, faults) : null;
        foreach (var warning in faults.Warnings)
        {
            request.Error.WriteLine($"ops: {secrets.Redact(warning)} (warning)");
        }

        foreach (var fault in faults.All)
        {
            request.Error.WriteLine($"ops: {secrets.Redact(fault)}");
        }

        return faults.None ? config : null;
    }

    /// <summary>A replay has no store: what a pipeline would store is what it prints.</summary>
    private sealed class NoStore : ISampleSink
    {
        public ValueTask AcceptAsync(SampleBatch batch, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}

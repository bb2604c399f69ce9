using System.Globalization;
using Ops.Rca.Evaluation.Strata;
using Ops.Rca.Replay;
using Ops.Rca.StateValues;
using Ops.Rca.Templates;

namespace Ops.Server.Cli.Replays;

/// <summary>Does the work of <c>ops rca replay</c>.</summary>
/// <param name="programFolder">Where the program lies; its <c>etc</c> holds the built-in state values.</param>
public sealed class RcaReplays(string programFolder)
{
    /// <summary>Replays; 2 where a template, the set of them, or a line is faulty.</summary>
    public async Task<int> RunAsync(RcaReplayRequest request, CancellationToken cancellationToken)
    {
        var values = StateValueFiles.Read(programFolder, request.StateValuesFolder);
        var documents = TemplateFiles.Of(request.TemplatesFolder).Select(TemplateFiles.Read).ToList();
        var set = TemplateSetReader.Read(documents, check: OscillationCheck.With(values));
        if (!set.IsOk)
        {
            foreach (var fault in set.Faults)
            {
                await request.Error.WriteLineAsync($"ops: {fault}");
            }

            return 2;
        }

        var result = new RcaReplay(new RcaReplayOptions
        {
            Templates = set.Templates,
            StateValues = values,
            ReadTemplate = path => ReadAdded(path, values),
            Final = request.Final,
            Stats = request.Stats,
        }).Run(request.Input, request.Output);
        await ReportAsync(request, result);
        return result.ExitCode;
    }

    private static TemplateFile ReadAdded(string path, StateValueSet values)
    {
        var set = TemplateSetReader.Read([TemplateFiles.Read(path)], check: OscillationCheck.With(values));
        return set.IsOk
            ? new TemplateFile(set.Templates, null)
            : new TemplateFile([], string.Join("; ", set.Faults));
    }

    private static async Task ReportAsync(RcaReplayRequest request, RcaReplayResult result)
    {
        if (result.Error is { } error)
        {
            foreach (var line in error.Split('\n'))
            {
                await request.Error.WriteLineAsync($"ops: {request.InputName}: {line}");
            }
        }

        if (result.Stats is { } stats)
        {
            await request.Error.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"events {stats.Events}, matches {stats.Matches}, cpu_ms_p50 {stats.CpuMsP50}, "
                + $"cpu_ms_p99 {stats.CpuMsP99}, events_per_cpu_second {stats.EventsPerCpuSecond}, "
                + $"bytes_per_vertex {stats.BytesPerVertex}"));
        }
    }
}

using System.Text.Json;
using Ops.Model;
using Ops.Rca.Replay;
using Ops.Rca.StateValues;
using Ops.Rca.Templates;
using Ops.Server.Api;
using Ops.Server.Cli;
using Ops.Server.Config;

namespace Ops.Server.Wiring;

/// <summary>Runs <c>ops rca replay</c>: reads templates and state values, replays, prints statistics.</summary>
internal static class RcaReplayRun
{
    public static Task<int> RunAsync(RcaReplayRequest request, CancellationToken cancellationToken)
    {
        var faults = new ConfigFaults();
        var values = StateValues(request.StateValuesFolder, faults);
        var set = Templates(request.TemplatesFolder, faults);
        if (!faults.None)
        {
            foreach (var fault in faults.All)
            {
                request.Error.WriteLine(fault.ToString());
            }

            return Task.FromResult(2);
        }

        var result = new RcaReplay(new RcaReplayOptions
        {
            Templates = set,
            StateValues = values,
            ReadTemplate = ReadTemplate,
            Final = request.Final,
            Stats = request.Stats,
        }).Run(request.Input, request.Output);
        if (result.Error is { } error)
        {
            request.Error.WriteLine($"ops: {request.InputName}: {error}");
        }

        if (result.Stats is { } stats)
        {
            request.Error.WriteLine(JsonSerializer.Serialize(stats, ApiJson.Options));
        }

        return Task.FromResult(result.ExitCode);
    }

    private static IReadOnlyList<Template> Templates(string folder, ConfigFaults faults)
    {
        if (!Directory.Exists(folder))
        {
            faults.Add(new ConfigFault(folder, 0, 0, "there is no such folder"));
            return [];
        }

        var set = TemplateSetReader.Read(TemplateFiles.OpenAll(folder));
        foreach (var fault in set.Faults)
        {
            faults.Add(fault);
        }

        return set.Templates;
    }

    private static StateValueSet StateValues(string? overlay, ConfigFaults faults)
    {
        var builtIn = ConcernReaders.StateValues(
            new ConfigFolder(null, Path.Combine(AppContext.BaseDirectory, "etc")), faults);
        if (overlay is null)
        {
            return builtIn;
        }

        if (!Directory.Exists(overlay))
        {
            faults.Add(new ConfigFault(overlay, 0, 0, "there is no such folder"));
            return builtIn;
        }

        return builtIn.With(Directory.EnumerateFiles(overlay)
            .Where(path => Path.GetExtension(path) is ".yaml" or ".yml")
            .Order(StringComparer.Ordinal)
            .Select(path => YamlReader.ReadFile(path, faults) is { } root
                ? StateValuesReader.Read(root, Path.GetFileNameWithoutExtension(path), faults)
                : null)
            .OfType<StateValueTable>());
    }

    private static TemplateFile ReadTemplate(string path)
    {
        var set = TemplateSetReader.Read([TemplateFiles.Open(path)]);
        return set.IsOk
            ? new TemplateFile(set.Templates, null)
            : new TemplateFile([], string.Join("; ", set.Faults.Select(fault => fault.ToString())));
    }
}

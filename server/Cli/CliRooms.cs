using Ops.Model;
using Ops.Server.Config;

namespace Ops.Server.Cli;

/// <summary>Validates the files of one concern, all of them, and reports every fault.</summary>
public delegate void ConcernCheck(ConfigFolder folder, ConfigFaults faults);

/// <summary>
/// What the verbs hand their work to. Each returns the exit code: 0 ok, 1 the answer is no, 2 bad input.
/// </summary>
public sealed record CliRooms
{
    /// <summary>Runs the program until it is stopped; it handles SIGINT and SIGTERM itself.</summary>
    public required Func<ServeOptions, CancellationToken, Task<int>> Serve { get; init; }

    /// <summary>Replays samples through a pipeline.</summary>
    public required Func<PipelineReplayRequest, CancellationToken, Task<int>> PipelineReplay { get; init; }

    /// <summary>Replays observations through templates.</summary>
    public required Func<RcaReplayRequest, CancellationToken, Task<int>> RcaReplay { get; init; }

    /// <summary>Validates templates.</summary>
    public required Func<TemplateValidateRequest, CancellationToken, Task<int>> TemplateValidate { get; init; }

    /// <summary>
    /// How the files of a concern are validated; files of a concern without a check are only read as YAML. The check of
    /// <c>ops.yaml</c> is built in.
    /// </summary>
    public IReadOnlyDictionary<ConfigConcern, ConcernCheck> Checks { get; init; } =
        new Dictionary<ConfigConcern, ConcernCheck>();

    /// <summary>Where the program lies; its <c>etc</c> holds the built-in configuration.</summary>
    public string ProgramFolder { get; init; } = AppContext.BaseDirectory;
}

namespace Ops.Server.Config;

/// <summary>One concern of the configuration: a file, or a folder of files of one kind.</summary>
/// <param name="Name">The file's name, such as <c>pipeline.yaml</c>, or the folder's, such as <c>alarms</c>.</param>
/// <param name="IsFolder">Whether it is a folder of YAML files.</param>
public sealed record ConfigConcern(string Name, bool IsFolder)
{
    /// <summary>The program's own settings.</summary>
    public static readonly ConfigConcern Program = new("ops.yaml", false);

    /// <summary>What is polled, and how often.</summary>
    public static readonly ConfigConcern Polling = new("polling.yaml", false);

    /// <summary>Sources, transformers, sinks, publishers.</summary>
    public static readonly ConfigConcern Pipeline = new("pipeline.yaml", false);

    /// <summary>Sources and sinks of events.</summary>
    public static readonly ConfigConcern EventPipeline = new("event_pipeline.yaml", false);

    /// <summary>Notifications to events.</summary>
    public static readonly ConfigConcern EventDefinitions = new("event_definitions.yaml", false);

    /// <summary>Datasources of telemetry and topology.</summary>
    public static readonly ConfigConcern Datasources = new("datasources", true);

    /// <summary>Notifications to samples.</summary>
    public static readonly ConfigConcern Meters = new("meters.d", true);

    /// <summary>Priorities of states and severities, by entity type.</summary>
    public static readonly ConfigConcern StateValues = new("state-values", true);

    /// <summary>Alarm rules.</summary>
    public static readonly ConfigConcern Alarms = new("alarms", true);

    /// <summary>Root cause templates.</summary>
    public static readonly ConfigConcern Templates = new("templates", true);

    /// <summary>Workflows.</summary>
    public static readonly ConfigConcern Workflows = new("workflows", true);

    /// <summary>Notification routes, guardrails, scaling.</summary>
    public static readonly ConfigConcern Policies = new("policies", true);

    /// <summary>All of them, in the order in which they are checked.</summary>
    public static readonly IReadOnlyList<ConfigConcern> All =
    [
        Program, Polling, Pipeline, EventPipeline, EventDefinitions, Datasources, Meters,
        StateValues, Alarms, Templates, Workflows, Policies,
    ];

    /// <inheritdoc/>
    public override string ToString() => IsFolder ? Name + "/" : Name;
}

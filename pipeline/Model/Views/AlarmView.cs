namespace Ops.Model;

/// <summary>A resource as answers name it.</summary>
public sealed record ResourceView(string Type, string Id, string? Name);

/// <summary>A template's scenario that holds something up; scenarios count from 0.</summary>
public sealed record BecauseView(string Template, int Scenario);

/// <summary>An alarm as the API, the command line and the console show it.</summary>
/// <remarks>
/// JSON names are snake_case of these: id, name, severity, state, resource, deduced, since, reason, because, causes.
/// </remarks>
public sealed record AlarmView
{
    /// <summary>This incarnation's id.</summary>
    public required string Id { get; init; }

    /// <summary>The alarm's name.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// The alarm's type: <c>ops</c> for measured by a rule of our own, <c>vitrage</c> for deduced, else the monitor's.
    /// </summary>
    public string Type { get; init; } = "ops";

    /// <summary>The severity word, upper case.</summary>
    public required string Severity { get; init; }

    /// <summary><c>alarm</c>, <c>ok</c> or <c>insufficient data</c>.</summary>
    public required string State { get; init; }

    /// <summary>What it lies on.</summary>
    public required ResourceView Resource { get; init; }

    /// <summary>Whether a template raised it.</summary>
    public bool Deduced { get; init; }

    /// <summary>Since when it is in this state.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Why, in one sentence, with the numbers of a measured alarm.</summary>
    public required string Reason { get; init; }

    /// <summary>The scenarios that hold it up; empty for a measured one.</summary>
    public IReadOnlyList<BecauseView> Because { get; init; } = [];

    /// <summary>Ids of the alarms that cause it.</summary>
    public IReadOnlyList<string> Causes { get; init; } = [];
}

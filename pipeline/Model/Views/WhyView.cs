namespace Ops.Model;

/// <summary>An entity that a match bound to a template's entity.</summary>
/// <param name="As">The template's name for it.</param>
/// <param name="Category">RESOURCE or ALARM.</param>
/// <param name="Type">Its type.</param>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name, or null.</param>
public sealed record MatchedView(string As, string Category, string Type, string Id, string? Name);

/// <summary>One derivation: the scenario, its condition as written, and the entities that fulfil it.</summary>
public sealed record DerivationView(
    string Template, int Scenario, string Condition, DateTimeOffset Since, IReadOnlyList<MatchedView> Matched);

/// <summary>Why an alarm is there: its derivations, its causes with theirs, and what it causes in turn.</summary>
/// <param name="Alarm">The alarm.</param>
/// <param name="Derivations">Empty for a measured alarm.</param>
/// <param name="Causes">The same of every cause; an alarm met before on the way is not opened again.</param>
/// <param name="Effects">The alarms it causes directly.</param>
public sealed record WhyView(
    AlarmView Alarm,
    IReadOnlyList<DerivationView> Derivations,
    IReadOnlyList<WhyView> Causes,
    IReadOnlyList<AlarmView> Effects);

using Ops.Console.Words;
using Ops.Model;

namespace Ops.Console.Overview;

/// <summary>Alarms that causes connect: what started it, and what came of it.</summary>
/// <param name="Roots">The alarms that nothing else causes, worst first; at least one.</param>
/// <param name="Impact">All others, each beneath what causes it, in the order they are read.</param>
public sealed record Problem(IReadOnlyList<AlarmView> Roots, IReadOnlyList<Effect> Impact)
{
    /// <summary>The worst grade of any of its alarms.</summary>
    public Severity Severity =>
        Roots.Concat(Impact.Select(effect => effect.Alarm)).Max(alarm => Severities.Of(alarm.Severity));

    /// <summary>When its first root began.</summary>
    public DateTimeOffset Since => Roots.Min(root => root.Since);
}

/// <summary>An alarm that another one causes.</summary>
/// <param name="Alarm">The alarm.</param>
/// <param name="Depth">How many causes lie above it, from 1.</param>
/// <param name="By">The alarm that it is shown beneath.</param>
public sealed record Effect(AlarmView Alarm, int Depth, AlarmView By);

using Ops.Model;
using Ops.Rca.StateValues;
using Ops.Rca.Templates;

namespace Ops.Rca.Live;

/// <summary>What a live engine is made of.</summary>
public sealed record RcaEngineOptions
{
    /// <summary>The state values.</summary>
    public required StateValueSet StateValues { get; init; }

    /// <summary>
    /// The templates in force from the start; those that cannot be are refused, see <see cref="RcaEngine.Reload"/>.
    /// </summary>
    public IReadOnlyList<Template> Templates { get; init; } = [];

    /// <summary>Where facts are kept over a restart; null keeps nothing.</summary>
    public IStateStore? Store { get; init; }

    /// <summary>The clock; default the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How long changed entities may wait to be written; default 1 s. Alarms are written at once.</summary>
    public TimeSpan FlushEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Told of what happened, in order, after it has settled; must not block. Default nobody.</summary>
    public Action<IReadOnlyList<RcaChange>> Changed { get; init; } = static _ => { };
}

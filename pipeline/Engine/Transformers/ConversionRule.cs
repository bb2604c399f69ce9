using Ops.Model;
using Ops.Pipeline.Expressions;

namespace Ops.Pipeline.Transformers;

/// <summary>What <c>source</c> and <c>target</c> of a transformer say. Immutable.</summary>
internal sealed record ConversionRule
{
    /// <summary>Just samples of this unit are converted; null takes all.</summary>
    public string? SourceUnit { get; init; }

    /// <summary>A number times which the volume is taken; null when there is none.</summary>
    public double? Factor { get; init; }

    /// <summary>An expression that gives the new volume; null when there is none.</summary>
    public Expression? Scale { get; init; }

    /// <summary>The largest volume that comes out; larger ones are cut to it.</summary>
    public double? Max { get; init; }

    /// <summary>The new name; null keeps it.</summary>
    public string? TargetName { get; init; }

    /// <summary>The new unit; null keeps it.</summary>
    public string? TargetUnit { get; init; }

    /// <summary>The new kind; null keeps it.</summary>
    public MeterKind? TargetKind { get; init; }

    /// <summary>Rewrites the name; goes before <see cref="TargetName"/>.</summary>
    public NamePattern? NameMap { get; init; }

    /// <summary>Rewrites the unit; goes before <see cref="TargetUnit"/>.</summary>
    public NamePattern? UnitMap { get; init; }

    /// <summary>The name that a meter gets.</summary>
    public string Name(string name) => Map(NameMap, TargetName, name);

    /// <summary>The unit that a unit becomes.</summary>
    public string Unit(string unit) => Map(UnitMap, TargetUnit, unit);

    private static string Map(NamePattern? pattern, string? target, string text)
    {
        var mapped = pattern?.Replace(text);
        return string.IsNullOrEmpty(mapped) ? target ?? text : mapped;
    }
}

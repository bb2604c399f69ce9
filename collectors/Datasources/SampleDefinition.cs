using Ops.Model;

namespace Ops.Collectors.Datasources;

/// <summary>A sample that each entry yields.</summary>
internal sealed record SampleDefinition
{
    public required string Meter { get; init; }

    public MeterKind Kind { get; init; }

    public string Unit { get; init; } = "";

    public required Extract Volume { get; init; }

    public required Extract ResourceId { get; init; }

    public Extract? ResourceName { get; init; }

    public string? ResourceType { get; init; }

    public Extract? ProjectId { get; init; }

    public Extract? UserId { get; init; }

    public IReadOnlyDictionary<string, Extract> Metadata { get; init; } = new Dictionary<string, Extract>();

    /// <summary>Only entries for which this is true yield one.</summary>
    public Extract? When { get; init; }

    /// <summary>What the values of the volume stand for; empty where they are numbers themselves.</summary>
    public IReadOnlyDictionary<string, double> Values { get; init; } = new Dictionary<string, double>();

    /// <summary>What a value stands for that <see cref="Values"/> does not name; null drops the sample.</summary>
    public double? OtherValue { get; init; }
}

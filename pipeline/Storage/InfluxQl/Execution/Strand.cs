using Ops.Model;
using Ops.Storage.Samples;

namespace Ops.Storage.InfluxQl.Execution;

/// <summary>What InfluxDB calls a series: a measurement with one set of tags, and its fields.</summary>
internal sealed class Strand(string measurement, Tags tags)
{
    /// <summary>The measurement.</summary>
    public string Measurement { get; } = measurement;

    /// <summary>Its tags.</summary>
    public Tags Tags { get; } = tags;

    /// <summary>The stored series of each field; none for the answer of a subquery.</summary>
    public Dictionary<string, List<int>> Stored { get; } = new(StringComparer.Ordinal);

    /// <summary>The points of each field, once they are read.</summary>
    public Dictionary<string, Points> Fields { get; init; } = new(StringComparer.Ordinal);

    /// <summary>The names of its fields.</summary>
    public IEnumerable<string> FieldNames => Stored.Count > 0 ? Stored.Keys : Fields.Keys;

    /// <summary>A tag's value; empty where it has no such tag.</summary>
    public string Tag(string name) => Tags[name] ?? "";

    /// <summary>The points of a field; none where it has no such field.</summary>
    public Points Points(string field) => Fields.GetValueOrDefault(field, Samples.Points.None);
}

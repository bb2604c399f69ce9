namespace Ops.Model;

/// <summary>What a stream of samples measures: a meter on a resource, told apart by its dimensions.</summary>
/// <remarks>
/// Series are interned by <see cref="SeriesCatalog"/>, so equal series are the same object, and <see cref="Id"/>
/// indexes arrays of per-series state. A line-protocol point <c>m,tags f=v</c> is the series of meter <c>m.f</c>
/// (<c>m</c> where the field is <c>value</c>) with all tags as dimensions; a polled meter is the measurement of its own
/// name with the field <c>value</c>.
/// </remarks>
public sealed class Series
{
    internal Series(int id, string meter, string resourceId, Tags dimensions, string measurement, string field,
        string? database)
    {
        Id = id;
        Meter = meter;
        ResourceId = resourceId;
        Dimensions = dimensions;
        Measurement = measurement;
        Field = field;
        Database = database;
    }

    /// <summary>Dense number from 0 in order of first sight; valid in this process only.</summary>
    public int Id { get; }

    /// <summary>The meter's name, such as <c>cpu_util</c>.</summary>
    public string Meter { get; }

    /// <summary>The id of the resource that is measured.</summary>
    public string ResourceId { get; }

    /// <summary>What else tells series of this meter and resource apart; empty for most polled meters.</summary>
    public Tags Dimensions { get; }

    /// <summary>The InfluxQL measurement that the series belongs to.</summary>
    public string Measurement { get; }

    /// <summary>The InfluxQL field of that measurement.</summary>
    public string Field { get; }

    /// <summary>The database or bucket the writer named, or null.</summary>
    public string? Database { get; }

    /// <inheritdoc/>
    public override string ToString() =>
        Dimensions.Count == 0 ? $"{Meter}{{{ResourceId}}}" : $"{Meter}{{{ResourceId},{Dimensions}}}";
}

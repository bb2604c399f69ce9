namespace Ops.Collectors.InfluxLine;

/// <summary>What the line-protocol reader accepts at most.</summary>
public sealed class LineProtocolLimits
{
    /// <summary>Bytes in a line; default and at most 64 KiB.</summary>
    public int LineBytesMax { get; init; } = 64 << 10;

    /// <summary>Bytes in measurement and tags as written; default 65 535, as InfluxDB has it.</summary>
    public int KeyBytesMax { get; init; } = 65_535;

    /// <summary>Bytes in the name of a meter: measurement, dot, field; default 1024.</summary>
    public int MeterNameBytesMax { get; init; } = 1024;

    /// <summary>Tags in a line; default 255.</summary>
    public int TagsMax { get; init; } = 255;

    /// <summary>Fields in a line; default and at most 1024.</summary>
    public int FieldsMax { get; init; } = FieldsMaxMost;

    /// <summary>
    /// Measurement and tag combinations that are remembered per database; past it all are forgotten; default 1 000 000.
    /// </summary>
    public int KeysMax { get; init; } = 1_000_000;

    /// <summary>
    /// Series in the whole catalogue, past which a line of a new series is refused; default 1 000 000.
    /// </summary>
    public int SeriesMax { get; init; } = 1_000_000;

    /// <summary>Databases that are told apart, past which lines of a new one are refused; default 1000.</summary>
    public int DatabasesMax { get; init; } = 1000;

    /// <summary>Faults of a body whose text is kept; all are counted; default 100.</summary>
    public int FaultsKeptMax { get; init; } = 100;

    /// <summary>Bytes of a faulty line that its message quotes; default 512.</summary>
    public int QuotedBytesMax { get; init; } = 512;

    internal const int FieldsMaxMost = 1024;
}

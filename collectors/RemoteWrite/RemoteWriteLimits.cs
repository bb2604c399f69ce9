namespace Ops.Collectors.RemoteWrite;

/// <summary>What is accepted of remote write at most.</summary>
public sealed class RemoteWriteLimits
{
    /// <summary>Bytes of a request as sent; default 25 MiB.</summary>
    public int BodyBytesMax { get; init; } = 25 << 20;

    /// <summary>Bytes of a request when unpacked; default 64 MiB.</summary>
    public int UnpackedBytesMax { get; init; } = 64 << 20;

    /// <summary>Labels of a series; default 128.</summary>
    public int LabelsMax { get; init; } = 128;

    /// <summary>Bytes of all labels of a series; default 64 KiB.</summary>
    public int LabelBytesMax { get; init; } = 64 << 10;

    /// <summary>Series in the whole catalogue, past which a new one is refused; default 1 000 000.</summary>
    public int SeriesMax { get; init; } = 1_000_000;

    /// <summary>Series that are remembered by their labels; past it all are forgotten; default 1 000 000.</summary>
    public int SeriesRememberedMax { get; init; } = 1_000_000;

    /// <summary>Metrics whose type is remembered; past it no more are; default 100 000.</summary>
    public int TypesMax { get; init; } = 100_000;
}

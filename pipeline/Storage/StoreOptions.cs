namespace Ops.Storage;

/// <summary>How the store buffers, reads and keeps.</summary>
public sealed class StoreOptions
{
    /// <summary>How often what waits in memory is put on disk; default 400 ms, so that with the
    /// time that it takes nothing older than 1 s is lost in a crash.</summary>
    public TimeSpan FlushEvery { get; init; } = TimeSpan.FromMilliseconds(400);

    /// <summary>So many waiting samples are flushed at once; default 131 072.</summary>
    public int FlushRows { get; init; } = 131_072;

    /// <summary>The most samples that wait in memory (20 bytes each); a sender then waits. Default 1 048 576.</summary>
    public int QueuedRowsMax { get; init; } = 1_048_576;

    /// <summary>The most memory that DuckDB uses for its pages and queries, in MiB; default 512.</summary>
    public int MemoryMb { get; init; } = 512;

    /// <summary>The most queries that read at the same time; further ones wait. Default 4.</summary>
    public int ReadersMax { get; init; } = 4;

    /// <summary>The longest that a query may take; default 30 s.</summary>
    public TimeSpan QueryTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long what is kept.</summary>
    public RetentionOptions Retention { get; init; } = new();
}

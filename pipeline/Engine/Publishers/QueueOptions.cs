namespace Ops.Pipeline.Publishers;

/// <summary>What a full queue does with the next batch.</summary>
public enum FullQueuePolicy
{
    /// <summary>Forgets the oldest batch, counted as <c>queue_full</c>: the pipeline never waits.</summary>
    DropOldest,

    /// <summary>Makes the pipeline wait, and so whoever feeds it: nothing is lost.</summary>
    Block,
}

/// <summary>The queue and the retries of a publisher; the parameters <c>policy</c>, <c>max_queue_length</c>,
/// <c>max_retries</c>.</summary>
public sealed class QueueOptions
{
    /// <summary>The most batches that <c>max_queue_length</c> may ask for.</summary>
    public const int BatchesMax = 65_536;

    /// <summary>What a full queue does; default drop_oldest.</summary>
    public FullQueuePolicy Policy { get; init; }

    /// <summary>How many batches wait at most; default 256.</summary>
    public int Batches { get; init; } = 256;

    /// <summary>How often a delivery that failed is tried again; default 2.</summary>
    public int RetriesMax { get; init; } = 2;

    /// <summary>The wait before the first retry, doubled for each further one; default 500 ms.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long the queue may still drain when the program stops; default 5 s.</summary>
    public TimeSpan DrainTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Takes its parameters out of an address.</summary>
    /// <exception cref="FormatException">A parameter is not what it may be.</exception>
    public static QueueOptions From(PublisherAddress address) => new()
    {
        Policy = address.TakeWord("policy", "drop_oldest", "block") == "block"
            ? FullQueuePolicy.Block
            : FullQueuePolicy.DropOldest,
        Batches = address.TakeInteger("max_queue_length", 256, 1, BatchesMax),
        RetriesMax = address.TakeInteger("max_retries", 2, 0, 100),
    };
}

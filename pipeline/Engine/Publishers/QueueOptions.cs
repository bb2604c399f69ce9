namespace Ops.Pipeline.Publishers;

/// <summary>What a full queue does with the next batch.</summary>
public enum FullQueuePolicy
{
    /// <summary>Forgets the oldest batch, counted as <c>queue_full</c>: the pipeline never waits.</summary>
    DropOldest,

    /// <summary>Makes the pipeline wait, and so whoever feeds it: nothing is lost.</summary>
    Block,

    /// <summary>Writes the batch to disk, from where it is sent in its turn, after a restart too.</summary>
    Spill,
}

/// <summary>The queue and the retries of a publisher, as the parameters of its address say.</summary>
public sealed record QueueOptions
{
    /// <summary>The most batches that <c>max_queue_length</c> may ask for.</summary>
    public const int BatchesMax = 65_536;

    /// <summary>The most that <c>max_retries</c> may ask for, besides -1.</summary>
    public const int RetriesLimit = 1_000_000;

    /// <summary>The least and the most that <c>spill_max_bytes</c> may ask for: 64 KiB to 1 TiB.</summary>
    public const long SpillBytesLeast = 64 << 10, SpillBytesLimit = 1L << 40;

    /// <summary>The longest wait between two tries.</summary>
    public static readonly TimeSpan RetryDelayMax = TimeSpan.FromSeconds(30);

    /// <summary>What a full queue does (<c>policy</c>); default drop_oldest.</summary>
    public FullQueuePolicy Policy { get; init; }

    /// <summary>How many batches wait in memory at most (<c>max_queue_length</c>); default 256.</summary>
    public int Batches { get; init; } = 256;

    /// <summary>How often a delivery that failed is tried again (<c>max_retries</c>); -1 = for ever; default 2, with
    /// the policies block and spill -1.</summary>
    public int RetriesMax { get; init; } = 2;

    /// <summary>The wait before the first retry, doubled for each further one up to <see cref="RetryDelayMax"/>, with
    /// jitter; default 500 ms.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long one try may take (<c>timeout</c> in seconds); default 60 s.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How much may lie on disk (<c>spill_max_bytes</c>); default 1 GiB.</summary>
    public long SpillBytesMax { get; init; } = 1L << 30;

    /// <summary>How long the queue may still drain when the program stops; default 5 s.</summary>
    public TimeSpan DrainTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Takes its parameters out of an address.</summary>
    /// <remarks>Ceilometer's words mean: <c>default</c> block, <c>queue</c> drop_oldest, <c>drop</c> drop_oldest
    /// without a retry; its <c>max_retry</c> is <c>max_retries</c>.</remarks>
    /// <param name="address">The address.</param>
    /// <param name="defaults">What holds where it says nothing; null for the defaults above.</param>
    /// <exception cref="FormatException">A parameter is not what it may be.</exception>
    public static QueueOptions From(PublisherAddress address, QueueOptions? defaults = null)
    {
        defaults ??= new QueueOptions();
        var policy = address.TakeOptionalWord(
            "policy", "drop_oldest", "block", "spill", "default", "queue", "drop");
        var retries = policy switch
        {
            "block" or "spill" or "default" => -1,
            "drop" => 0,
            _ => defaults.RetriesMax,
        };
        retries = address.TakeInteger("max_retries", retries, -1, RetriesLimit);
        return defaults with
        {
            Policy = policy switch
            {
                null => defaults.Policy,
                "block" or "default" => FullQueuePolicy.Block,
                "spill" => FullQueuePolicy.Spill,
                _ => FullQueuePolicy.DropOldest,
            },
            Batches = address.TakeInteger("max_queue_length", defaults.Batches, 1, BatchesMax),
            RetriesMax = address.TakeInteger("max_retry", retries, -1, RetriesLimit),
            AttemptTimeout = address.TakeSeconds("timeout", defaults.AttemptTimeout),
            SpillBytesMax = address.TakeBytes(
                "spill_max_bytes", defaults.SpillBytesMax, SpillBytesLeast, SpillBytesLimit),
        };
    }
}

using Confluent.Kafka;
using Ops.Model;
using Ops.Pipeline.Publishers.Kafka;

namespace Ops.Pipeline.Buses;

/// <summary>The receiving end of the Kafka bus: one worker of a consumer group.</summary>
/// <remarks>
/// The workers of a group share the topic's partitions. An offset is committed only after the sink was done with its
/// samples, so that none is lost when a worker dies: another one reads on from the last commit, and what was through
/// but not committed comes a second time. What comes twice to the same worker is passed over, as far as
/// <see cref="KafkaBusOptions.DedupWindow"/> reaches back. A line that cannot be read is counted, said and passed
/// over. Before partitions go to another worker, what is at hand is taken through and committed.
/// </remarks>
public sealed class KafkaSampleSource
{
    private const int BatchMessagesMax = 1024;

    private static readonly TimeSpan PollTime = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly KafkaBusOptions _options;
    private readonly ISampleSink _sink;
    private readonly TimeProvider _time;
    private readonly Action<string>? _warn;
    private readonly BusMessageReader _reader;
    private readonly RecentSamples _recent;
    private readonly List<Sample> _read = [];
    private readonly SampleBatch _batch = new();
    private readonly Dictionary<TopicPartition, Offset> _through = [];
    private long _messages, _received, _accepted, _repeated, _poison;

    /// <summary>A worker; <see cref="RunAsync"/> joins the group.</summary>
    /// <param name="options">Cluster, topic, group and limits.</param>
    /// <param name="catalog">Where series are interned.</param>
    /// <param name="sink">Takes the samples; when it is done with a batch, the batch counts as worked off.</param>
    /// <param name="time">The clock of pauses.</param>
    /// <param name="warn">Told of poison, of a broker that is away and of partitions that come and go.</param>
    public KafkaSampleSource(
        KafkaBusOptions options, SeriesCatalog catalog, ISampleSink sink, TimeProvider time,
        Action<string>? warn = null)
    {
        _options = options;
        _sink = sink;
        _time = time;
        _warn = warn;
        _reader = new BusMessageReader(catalog);
        _recent = new RecentSamples(options.DedupWindow);
    }

    /// <summary>What became of the samples so far.</summary>
    public BusSourceCounts Counts => new(
        Volatile.Read(ref _messages), Volatile.Read(ref _received), Volatile.Read(ref _accepted),
        Volatile.Read(ref _repeated), Volatile.Read(ref _poison));

    /// <summary>Consumes until cancelled, on a thread of its own; then commits and leaves the group.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => Task.Factory.StartNew(
        () => Run(cancellationToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Run(CancellationToken cancellationToken)
    {
        using var consumer = new ConsumerBuilder<byte[], byte[]>(Config())
            .SetLogHandler((_, _) => { })
            .SetErrorHandler((_, error) => Heard(error))
            .SetPartitionsAssignedHandler((_, parts) => Say("works on", parts))
            .SetPartitionsRevokedHandler((self, parts) => Leave(self, parts, cancellationToken))
            .Build();
        consumer.Subscribe(_options.SampleTopic);
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                Gather(consumer, cancellationToken);
                TakeThrough(consumer, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // What was not taken through is not committed: it comes again.
        }

        consumer.Close();
        _batch.Dispose();
    }

    /// <summary>Collects what is there, up to a batch.</summary>
    private void Gather(IConsumer<byte[], byte[]> consumer, CancellationToken cancellationToken)
    {
        for (var i = 0; i < BatchMessagesMax && _batch.Count < SampleBatch.CountMax; i++)
        {
            ConsumeResult<byte[], byte[]>? message;
            try
            {
                message = consumer.Consume(i == 0 ? PollTime : TimeSpan.Zero);
            }
            catch (ConsumeException fault)
            {
                // Such as a topic that does not exist yet.
                Heard(fault.Error);
                cancellationToken.WaitHandle.WaitOne(RetryDelay);
                return;
            }

            if (message?.Message is null)
            {
                return;
            }

            Take(message);
        }
    }

    private void Take(ConsumeResult<byte[], byte[]> message)
    {
        _messages++;
        _read.Clear();
        var (faults, first) = _reader.Read(message.Message.Value ?? [], _read);
        if (faults > 0)
        {
            var before = _poison;
            _poison += faults;
            if (before == 0 || long.Log2(before) != long.Log2(_poison))
            {
                _warn?.Invoke($"{message.TopicPartitionOffset}: passed over {faults} lines that cannot be read "
                    + $"({_poison} so far): {first}");
            }
        }

        _received += _read.Count;
        foreach (var sample in _read)
        {
            if (_recent.IsRepeated(sample))
            {
                _repeated++;
            }
            else
            {
                _batch.Add(sample);
            }
        }

        _through[message.TopicPartition] = message.Offset + 1;
    }

    /// <summary>Hands the batch to the sink, and when that is done marks its offsets for the next commit.</summary>
    private void TakeThrough(IConsumer<byte[], byte[]> consumer, CancellationToken cancellationToken)
    {
        while (_batch.Count > 0)
        {
            try
            {
                _sink.AcceptAsync(_batch, cancellationToken).AsTask().GetAwaiter().GetResult();
                _accepted += _batch.Count;
                _batch.Clear();
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                _warn?.Invoke($"the bus tries a batch of {_batch.Count} samples again: {fault.Message}");
                cancellationToken.WaitHandle.WaitOne(RetryDelay);
                cancellationToken.ThrowIfCancellationRequested();
            }
        }

        foreach (var (partition, offset) in _through)
        {
            Store(consumer, new TopicPartitionOffset(partition, offset));
        }

        _through.Clear();
    }

    private void Leave(
        IConsumer<byte[], byte[]> consumer, List<TopicPartitionOffset> parts, CancellationToken cancellationToken)
    {
        Say("leaves", parts.ConvertAll(part => part.TopicPartition));
        try
        {
            TakeThrough(consumer, cancellationToken);
            consumer.Commit();
        }
        catch (OperationCanceledException)
        {
            // It stops: what is at hand is left to the others.
        }
        catch (KafkaException fault)
        {
            if (fault.Error.Code != ErrorCode.Local_NoOffset)
            {
                _warn?.Invoke($"the bus could not commit before a hand-over, so samples come twice: "
                    + fault.Error.Reason);
            }
        }
    }

    private void Store(IConsumer<byte[], byte[]> consumer, TopicPartitionOffset offset)
    {
        try
        {
            consumer.StoreOffset(offset);
        }
        catch (KafkaException)
        {
            // The partition went to another worker meanwhile, which reads the samples again.
        }
    }

    private void Heard(Error error)
    {
        if (error.IsFatal || error.Code is ErrorCode.Local_AllBrokersDown or ErrorCode.UnknownTopicOrPart)
        {
            _warn?.Invoke($"the bus reads nothing from '{_options.SampleTopic}': {error.Reason}");
        }
    }

    private void Say(string what, List<TopicPartition> parts) =>
        _warn?.Invoke($"the bus {what} {_options.SampleTopic} "
            + $"[{string.Join(", ", parts.Select(part => part.Partition.Value).Order())}]");

    private ConsumerConfig Config() => _options.Connection.Apply(new ConsumerConfig
    {
        GroupId = _options.Group,
        EnableAutoCommit = true,
        EnableAutoOffsetStore = false,
        AutoCommitIntervalMs = (int)_options.CommitInterval.TotalMilliseconds,
        AutoOffsetReset = AutoOffsetReset.Earliest,
        SessionTimeoutMs = (int)_options.SessionTimeout.TotalMilliseconds,
        HeartbeatIntervalMs = (int)(_options.SessionTimeout.TotalMilliseconds / 4),
        PartitionAssignmentStrategy = PartitionAssignmentStrategy.Range,
        QueuedMaxMessagesKbytes = 16_384,
    });
}

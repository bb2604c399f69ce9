using Confluent.Kafka;

namespace Ops.Pipeline.Publishers.Kafka;

/// <summary>Produces messages and waits for the broker's word on each. Safe for concurrent use.</summary>
internal sealed class KafkaSender : IDisposable
{
    private static readonly TimeSpan FlushMax = TimeSpan.FromSeconds(2);

    private readonly ProducerConfig _config;
    private readonly Action<string>? _warn;
    private readonly Lock _lock = new();
    private IProducer<byte[], byte[]>? _producer;
    private bool _isBroken;

    public KafkaSender(ProducerConfig config, Action<string>? warn) => (_config, _warn) = (config, warn);

    /// <summary>Sends those messages that are open, in order, and marks each.</summary>
    /// <returns>Why messages are still open; null when none is.</returns>
    public async Task<(string? Passing, string? Refusal)> SendAsync(
        string topic, IReadOnlyList<KafkaOutgoing> messages, CancellationToken cancellationToken)
    {
        var round = new Round();
        var producer = Producer();
        foreach (var message in messages)
        {
            if (message.State == OutgoingState.Open)
            {
                Produce(producer, topic, message, round);
            }
        }

        round.Begun();
        await round.Done.WaitAsync(cancellationToken).ConfigureAwait(false);
        return (round.Passing, round.Refusal);
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _producer?.Flush(FlushMax);
            _producer?.Dispose();
            _producer = null;
        }
    }

    private static void Produce(
        IProducer<byte[], byte[]> producer, string topic, KafkaOutgoing message, Round round)
    {
        round.Begin();
        try
        {
            producer.Produce(
                topic,
                new Message<byte[], byte[]> { Key = message.Key, Value = message.Value },
                report => round.End(message, report.Error));
        }
        catch (KafkaException fault)
        {
            round.End(message, fault.Error);
        }
    }

    private IProducer<byte[], byte[]> Producer()
    {
        lock (_lock)
        {
            if (_isBroken)
            {
                _producer?.Dispose();
                _producer = null;
                _isBroken = false;
            }

            return _producer ??= new ProducerBuilder<byte[], byte[]>(_config)
                .SetLogHandler((_, _) => { })
                .SetErrorHandler((_, error) => Heard(error))
                .Build();
        }
    }

    private void Heard(Error error)
    {
        if (error.IsFatal)
        {
            _warn?.Invoke($"the Kafka producer to {_config.BootstrapServers} begins anew: {error.Reason}");
            lock (_lock)
            {
                _isBroken = true;
            }
        }
    }

    /// <summary>One try: counts the reports that are to come.</summary>
    private sealed class Round
    {
        private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _pending = 1;

        public string? Passing { get; private set; }

        public string? Refusal { get; private set; }

        public Task Done => _done.Task;

        public void Begin() => Interlocked.Increment(ref _pending);

        public void Begun() => Count();

        public void End(KafkaOutgoing message, Error error)
        {
            if (!error.IsError)
            {
                message.State = OutgoingState.Sent;
            }
            else if (IsFinal(error.Code))
            {
                message.State = OutgoingState.Refused;
                Refusal = $"the broker refuses it: {error.Reason}";
            }
            else
            {
                Passing = error.Reason;
            }

            Count();
        }

        private static bool IsFinal(ErrorCode code) => code is ErrorCode.MsgSizeTooLarge or ErrorCode.InvalidMsg
            or ErrorCode.InvalidMsgSize or ErrorCode.RecordListTooLarge or ErrorCode.TopicException
            or ErrorCode.TopicAuthorizationFailed or ErrorCode.InvalidRecord or ErrorCode.PolicyViolation;

        private void Count()
        {
            if (Interlocked.Decrement(ref _pending) == 0)
            {
                _done.TrySetResult();
            }
        }
    }
}

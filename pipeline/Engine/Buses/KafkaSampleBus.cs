using Ops.Model;
using Ops.Pipeline.Publishers.Kafka;

namespace Ops.Pipeline.Buses;

/// <summary>The sending end of the Kafka bus: takes batches and is done with one when the broker has it.</summary>
/// <remarks>
/// While no broker answers it tries again for ever, at most every <see cref="RetryDelayMax"/>, and its callers wait:
/// that is the back-pressure. Only what the broker refuses for good is dropped, and counted. Safe for concurrent use.
/// </remarks>
public sealed class KafkaSampleBus : ISampleSink, IAsyncDisposable
{
    /// <summary>The longest wait between two tries.</summary>
    public static readonly TimeSpan RetryDelayMax = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan RetryDelayFirst = TimeSpan.FromMilliseconds(200);

    private readonly KafkaBusOptions _options;
    private readonly TimeProvider _time;
    private readonly Action<string>? _warn;
    private readonly KafkaSender _sender;
    private readonly BusMessageWriter _writer;
    private readonly Lock _writing = new();
    private readonly CancellationTokenSource _stop = new();
    private long _received, _sent, _refused, _stopped;

    /// <summary>Opens the bus; a broker that is away is no fault.</summary>
    /// <param name="options">Cluster, topic and limits.</param>
    /// <param name="time">The clock of the back-off.</param>
    /// <param name="warn">Told when the broker is away, is back, or refuses.</param>
    public KafkaSampleBus(KafkaBusOptions options, TimeProvider time, Action<string>? warn = null)
    {
        _options = options;
        _time = time;
        _warn = warn;
        _sender = new KafkaSender(options.Producer.Config(options.Connection), warn);
        _writer = new BusMessageWriter(options.MessageBytesMax);
    }

    /// <summary>What became of the samples so far.</summary>
    public BusSinkCounts Counts
    {
        get
        {
            lock (_writing)
            {
                return new BusSinkCounts(
                    _received, _sent, _received - _sent - _refused - _stopped, _refused, _stopped);
            }
        }
    }

    /// <inheritdoc/>
    /// <exception cref="OperationCanceledException">It was cancelled or stopped before the broker had all.</exception>
    public async ValueTask AcceptAsync(SampleBatch batch, CancellationToken cancellationToken)
    {
        if (batch.Count == 0)
        {
            return;
        }

        List<KafkaOutgoing> messages;
        lock (_writing)
        {
            _received += batch.Count;
            messages = _writer.Write(batch.Items);
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stop.Token);
        try
        {
            await SendAsync(messages, either.Token).ConfigureAwait(false);
        }
        finally
        {
            Count(messages);
        }
    }

    /// <summary>Gives up what is on its way; the callers that wait for it are told.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        _sender.Dispose();
    }

    private async Task SendAsync(List<KafkaOutgoing> messages, CancellationToken cancellationToken)
    {
        var delay = RetryDelayFirst;
        var isAway = false;
        while (true)
        {
            var (passing, refusal) = await _sender.SendAsync(_options.SampleTopic, messages, cancellationToken)
                .ConfigureAwait(false);
            if (refusal is not null)
            {
                _warn?.Invoke($"the bus dropped samples for '{_options.SampleTopic}': {refusal}");
            }

            if (passing is null)
            {
                if (isAway)
                {
                    _warn?.Invoke($"the bus sends to '{_options.SampleTopic}' again");
                }

                return;
            }

            if (!isAway)
            {
                isAway = true;
                _warn?.Invoke($"the bus waits for {_options.Connection.Brokers}: {passing}");
            }

            await Task.Delay(delay, _time, cancellationToken).ConfigureAwait(false);
            delay = TimeSpan.FromTicks(Math.Min(RetryDelayMax.Ticks, delay.Ticks * 2));
        }
    }

    private void Count(List<KafkaOutgoing> messages)
    {
        lock (_writing)
        {
            foreach (var message in messages)
            {
                switch (message.State)
                {
                    case OutgoingState.Sent: _sent += message.Samples; break;
                    case OutgoingState.Refused: _refused += message.Samples; break;
                    default: _stopped += message.Samples; break;
                }
            }
        }
    }
}

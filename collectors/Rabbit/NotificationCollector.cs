using Ops.Collectors.Notifications;
using Ops.Model;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace Ops.Collectors.Rabbit;

/// <summary>Takes the notifications of OpenStack services off RabbitMQ.</summary>
/// <remarks>
/// A message is acknowledged when every consumer is done with it. One that fails is delivered again a few times and
/// then goes to the dead letters, as does at once what cannot be read. A copy of an accepted message (by
/// <c>_unique_id</c>, the newest 10 000 are remembered) is acknowledged and passed over; the memory lives as long as
/// the collector, not over a restart of the program. A lost connection is made again for ever, with back-off.
/// </remarks>
public sealed class NotificationCollector : ICollector
{
    private static readonly TimeSpan ReconnectFirst = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(30);

    private readonly RabbitNotificationOptions _options;
    private readonly IReadOnlyList<INotificationConsumer> _consumers;
    private readonly CollectorOutlets _outlets;
    private readonly DeliveryMemory _memory = new();
    private readonly NotificationCounts _counts = new();
    private readonly SemaphoreSlim _turns = new(1);
    private volatile string _state = "starting";
    private volatile bool _isConnected;

    /// <summary>A collector; it connects when it runs.</summary>
    /// <param name="options">The broker and the queues.</param>
    /// <param name="consumers">Each gets every notification, in this order.</param>
    /// <param name="outlets">Clock and report; the consumers have their own.</param>
    public NotificationCollector(
        RabbitNotificationOptions options, IReadOnlyList<INotificationConsumer> consumers, CollectorOutlets outlets)
    {
        (_options, _consumers, _outlets) = (options, consumers, outlets);
    }

    /// <inheritdoc/>
    public string Name => "notifications";

    internal NotificationCounts Counts => _counts;

    /// <inheritdoc/>
    public PartView Status() => new(Name, _isConnected, $"{_state}: {_counts}", Essential: false);

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var wait = ReconnectFirst;
        for (var attempt = 0; !cancellationToken.IsCancellationRequested && _options.Urls.Count > 0; attempt++)
        {
            var connections = _counts.Connections;
            var url = _options.Urls[attempt % _options.Urls.Count];
            var place = $"{url.Host}:{(url.Port > 0 ? url.Port : 5672)}{url.AbsolutePath.TrimEnd('/')}";
            try
            {
                await ServeAsync(url, place, cancellationToken).ConfigureAwait(false);
                Lose($"{place} ended the connection");
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e) when (e is RabbitMQClientException or IOException or ObjectDisposedException
                or OperationCanceledException or TimeoutException
                or System.Net.Sockets.SocketException)
            {
                Lose($"{place} cannot be reached: {(e.InnerException ?? e).Message}");
            }

            wait = _counts.Connections > connections ? ReconnectFirst : wait;
            await RestAsync(wait, cancellationToken).ConfigureAwait(false);
            wait = wait * 2 < _options.ReconnectMax ? wait * 2 : _options.ReconnectMax;
        }

        _isConnected = false;
        _state = _options.Urls.Count == 0 ? "no broker is configured" : "stopped";
    }

    /// <summary>Connects, declares and consumes until the connection ends.</summary>
    private async Task ServeAsync(Uri url, string place, CancellationToken cancellationToken)
    {
        var factory = new ConnectionFactory
        {
            Uri = url,
            AutomaticRecoveryEnabled = false,
            RequestedConnectionTimeout = ConnectTimeout,
            RequestedHeartbeat = Heartbeat,
            ClientProvidedName = "ops",
            // Larger messages arrive too, and become dead letters, so that none stops the queue.
            MaxInboundMessageBodySize = 512 * 1024 * 1024,
        };
        await using var connection = await factory.CreateConnectionAsync(cancellationToken).ConfigureAwait(false);
        var topology = new RabbitTopology(connection, _options);
        await topology.DeclareAsync(cancellationToken).ConfigureAwait(false);
        await using var deadLetters = await DeadLetters
            .OpenAsync(connection, _options.DeadLetterQueue, _outlets.Time, cancellationToken).ConfigureAwait(false);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken)
            .ConfigureAwait(false);
        await channel.BasicQosAsync(0, (ushort)_options.Prefetch, global: false, cancellationToken)
            .ConfigureAwait(false);

        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        connection.ConnectionShutdownAsync += (_, _) => End(ended);
        channel.ChannelShutdownAsync += (_, _) => End(ended);
        deadLetters.Ended += () => End(ended);
        var delivery = new NotificationDelivery(
            channel, deadLetters, _options, _consumers, _memory, _counts, _turns, _outlets,
            cancellationToken);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += delivery.TakeAsync;
        consumer.UnregisteredAsync += (_, _) => End(ended);
        foreach (var queue in topology.Queues)
        {
            await channel.BasicConsumeAsync(queue, autoAck: false, consumer, cancellationToken).ConfigureAwait(false);
        }

        Gain(place);
        await ended.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private static Task End(TaskCompletionSource ended)
    {
        ended.TrySetResult();
        return Task.CompletedTask;
    }

    private void Gain(string place)
    {
        _counts.Connect();
        if (_counts.Connections > 1)
        {
            _outlets.Report($"notifications: connected to {place} again");
        }

        (_isConnected, _state) = (true, $"connected to {place}");
    }

    private void Lose(string reason)
    {
        if (_state != reason)
        {
            _outlets.Report($"notifications: {reason}");
        }

        (_isConnected, _state) = (false, reason);
    }

    private async Task RestAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(wait, _outlets.Time, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Asked to stop.
        }
    }
}

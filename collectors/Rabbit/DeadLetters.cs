using Ops.Model;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Ops.Collectors.Rabbit;

/// <summary>Puts messages that nobody can use into a durable queue, with the reason, and waits until they lie there.
/// </summary>
internal sealed class DeadLetters : IAsyncDisposable
{
    private const int ReasonCharsMax = 1000;

    private static readonly CreateChannelOptions Confirmed =
        new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);

    private readonly IChannel _channel;
    private readonly string _queue;
    private readonly TimeProvider _time;

    private DeadLetters(IChannel channel, string queue, TimeProvider time)
    {
        (_channel, _queue, _time) = (channel, queue, time);
        channel.ChannelShutdownAsync += (_, _) => Ended?.Invoke() ?? Task.CompletedTask;
    }

    /// <summary>Told when the broker closed the way there.</summary>
    public event Func<Task>? Ended;

    public static async Task<DeadLetters> OpenAsync(
        IConnection connection, string queue, TimeProvider time, CancellationToken cancellationToken) =>
        new(await connection.CreateChannelAsync(Confirmed, cancellationToken).ConfigureAwait(false), queue, time);

    /// <summary>Puts a message aside; done when the broker has confirmed it.</summary>
    public async Task BuryAsync(
        BasicDeliverEventArgs delivery, ReadOnlyMemory<byte> body, string reason, int failures,
        CancellationToken cancellationToken)
    {
        var properties = new BasicProperties(delivery.BasicProperties)
        {
            Persistent = true,
            Expiration = null,
            Headers = new Dictionary<string, object?>(
                delivery.BasicProperties.Headers ?? new Dictionary<string, object?>())
            {
                ["x-ops-reason"] = reason.Length > ReasonCharsMax ? reason[..ReasonCharsMax] : reason,
                ["x-ops-failures"] = failures,
                ["x-ops-exchange"] = delivery.Exchange,
                ["x-ops-routing-key"] = delivery.RoutingKey,
                ["x-ops-at"] = _time.GetUtcNow().ToIso(),
            },
        };
        await _channel.BasicPublishAsync("", _queue, mandatory: true, properties, body, cancellationToken)
            .ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => _channel.DisposeAsync();
}

using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Ops.Collectors.Rabbit;

/// <summary>Declares exchanges and queues as oslo.messaging does, and takes what exists otherwise as it is.</summary>
internal sealed class RabbitTopology(IConnection connection, RabbitNotificationOptions options)
{
    private const ushort PreconditionFailed = 406;

    private IChannel? _channel;

    /// <summary>The queues to consume from, in order of topic and priority.</summary>
    public IEnumerable<string> Queues =>
        options.Topics.SelectMany(topic => options.Priorities.Select(priority => $"{topic}.{priority}"));

    /// <summary>Declares everything, each queue bound to each exchange.</summary>
    public async Task DeclareAsync(CancellationToken cancellationToken)
    {
        foreach (var exchange in options.Exchanges)
        {
            await DeclareAsync(
                isPassive => async channel => await channel.ExchangeDeclareAsync(
                    exchange, ExchangeType.Topic, options.Durable, autoDelete: false, passive: isPassive,
                    cancellationToken: cancellationToken).ConfigureAwait(false),
                cancellationToken).ConfigureAwait(false);
        }

        foreach (var queue in Queues)
        {
            await DeclareQueueAsync(queue, options.Durable, null, cancellationToken).ConfigureAwait(false);
            foreach (var exchange in options.Exchanges)
            {
                var channel = await ChannelAsync(cancellationToken).ConfigureAwait(false);
                await channel.QueueBindAsync(queue, exchange, queue, cancellationToken: cancellationToken)
                    .ConfigureAwait(false);
            }
        }

        var limit = new Dictionary<string, object?> { ["x-max-length"] = options.DeadLetterMax };
        await DeclareQueueAsync(options.DeadLetterQueue, true, limit, cancellationToken).ConfigureAwait(false);
        if (_channel is { } used)
        {
            await used.DisposeAsync().ConfigureAwait(false);
        }
    }

    private Task DeclareQueueAsync(
        string queue, bool isDurable, Dictionary<string, object?>? arguments, CancellationToken cancellationToken) =>
        DeclareAsync(
            isPassive => async channel => await channel.QueueDeclareAsync(
                queue, isDurable, exclusive: false, autoDelete: false, arguments, isPassive,
                cancellationToken: cancellationToken).ConfigureAwait(false),
            cancellationToken);

    /// <summary>Declares one thing; where it exists with other arguments the broker closes the channel.</summary>
    private async Task DeclareAsync(
        Func<bool, Func<IChannel, Task>> declare, CancellationToken cancellationToken)
    {
        try
        {
            await declare(false)(await ChannelAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        }
        catch (OperationInterruptedException e) when (e.ShutdownReason?.ReplyCode == PreconditionFailed)
        {
            await declare(true)(await ChannelAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        }
    }

    private async Task<IChannel> ChannelAsync(CancellationToken cancellationToken)
    {
        if (_channel is { IsOpen: true })
        {
            return _channel;
        }

        if (_channel is not null)
        {
            await _channel.DisposeAsync().ConfigureAwait(false);
        }

        return _channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken)
            .ConfigureAwait(false);
    }
}

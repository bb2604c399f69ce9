using System.Text.Json;
using Ops.Integration.Support;
using RabbitMQ.Client;

namespace Ops.Integration.Notifications;

/// <summary>One RabbitMQ for the tests of a class, and a plain client of it.</summary>
public sealed class Bus : IAsyncLifetime
{
    private IConnection? _connection;

    public RabbitMqServer Server { get; } = new();

    public async ValueTask InitializeAsync() => await Server.StartAsync();

    public async Task<IChannel> ChannelAsync()
    {
        if (_connection is not { IsOpen: true })
        {
            _connection = await new ConnectionFactory { Uri = new Uri(Server.AmqpUrl) }.CreateConnectionAsync();
        }

        return await _connection.CreateChannelAsync();
    }

    /// <summary>Sends a body as it is.</summary>
    public async Task SendAsync(string exchange, string routingKey, byte[] body)
    {
        await using var channel = await ChannelAsync();
        await channel.BasicPublishAsync(exchange, routingKey, mandatory: true, new BasicProperties(), body);
    }

    public Task SendAsync(string exchange, string routingKey, object message) =>
        SendAsync(exchange, routingKey, JsonSerializer.SerializeToUtf8Bytes(message));

    /// <summary>How many messages wait in a queue and are in nobody's hand.</summary>
    public async Task<uint> WaitingAsync(string queue)
    {
        await using var channel = await ChannelAsync();
        return (await channel.QueueDeclarePassiveAsync(queue)).MessageCount;
    }

    /// <summary>Takes a message out of a queue, waiting a little for it.</summary>
    public async Task<BasicGetResult> TakeAsync(string queue)
    {
        BasicGetResult? found = null;
        await ServerProcess.WaitAsync($"a message in {queue}", TimeSpan.FromSeconds(20), async () =>
        {
            await using var channel = await ChannelAsync();
            found = await channel.BasicGetAsync(queue, autoAck: true);
            return found is not null;
        });
        return found!;
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
        {
            await _connection.DisposeAsync();
        }

        await Server.DisposeAsync();
    }
}

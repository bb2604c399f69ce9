using Ops.Integration.Support;
using RabbitMQ.Client;

namespace Ops.Integration.Notifications;

public sealed class RabbitMqServerTests
{
    [Fact]
    public async Task A_message_that_is_durable_survives_a_restart()
    {
        await using var server = new RabbitMqServer();
        await server.StartAsync();
        var factory = new ConnectionFactory { Uri = new Uri(server.AmqpUrl) };
        await using (var connection = await factory.CreateConnectionAsync())
        await using (var channel = await connection.CreateChannelAsync())
        {
            await channel.QueueDeclareAsync("kept", durable: true, exclusive: false, autoDelete: false);
            await channel.BasicPublishAsync(
                "", "kept", mandatory: true, new BasicProperties { Persistent = true }, "here"u8.ToArray());
        }

        await server.StopAsync();
        await server.StartAsync();
        await using var again = await factory.CreateConnectionAsync();
        await using var reader = await again.CreateChannelAsync();
        Assert.Equal("here"u8.ToArray(), (await reader.BasicGetAsync("kept", autoAck: true))!.Body.ToArray());
    }
}

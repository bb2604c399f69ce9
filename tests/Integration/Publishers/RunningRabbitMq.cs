using Ops.Integration.Support;

namespace Ops.Integration.Publishers;

/// <summary>A real RabbitMQ that the tests of a class share.</summary>
public sealed class RunningRabbitMq : IAsyncLifetime
{
    public RabbitMqServer Broker { get; } = new();

    public async ValueTask InitializeAsync() => await Broker.StartAsync();

    public ValueTask DisposeAsync() => Broker.DisposeAsync();
}

using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Ops.Pipeline.Publishers.Notifier;

/// <summary>A connection to a broker that is made when it is needed, and publishes with the broker's
/// confirmation.</summary>
/// <remarks>Exchange and queue are declared as oslo.messaging declares them; where they are there with other arguments
/// they are taken as they are. After any failure the next call connects anew.</remarks>
internal sealed class NotifierLink(NotifierOptions options) : IAsyncDisposable
{
    private const ushort PreconditionFailed = 406;
    private static readonly TimeSpan _connectMax = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _closeMax = TimeSpan.FromSeconds(2);

    private readonly string _queue = $"{options.Topic}.sample";
    private IConnection? _connection;
    private IChannel? _channel;

    /// <summary>Publishes a message; when it returns the broker has it in the queue.</summary>
    /// <returns>Null, or why it did not.</returns>
    public async ValueTask<string?> PublishAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var isDone = false;
        try
        {
            var channel = await ChannelAsync(cancellationToken).ConfigureAwait(false);
            var properties = new BasicProperties
            {
                ContentType = "application/json", ContentEncoding = "utf-8", DeliveryMode = DeliveryModes.Persistent,
            };
            await channel.BasicPublishAsync(
                options.Exchange, _queue, mandatory: true, properties, body, cancellationToken).ConfigureAwait(false);
            isDone = true;
            return null;
        }
        catch (Exception fault) when (fault is RabbitMQClientException or IOException or TimeoutException)
        {
            return (fault.InnerException ?? fault).Message;
        }
        finally
        {
            if (!isDone)
            {
                await CloseAsync().ConfigureAwait(false);
            }
        }
    }

    public ValueTask DisposeAsync() => CloseAsync();

    private async ValueTask<IChannel> ChannelAsync(CancellationToken cancellationToken)
    {
        if (_channel is { IsOpen: true })
        {
            return _channel;
        }

        await CloseAsync().ConfigureAwait(false);
        var factory = new ConnectionFactory
        {
            UserName = options.User,
            Password = options.Password,
            VirtualHost = options.VirtualHost,
            AutomaticRecoveryEnabled = false,
            RequestedConnectionTimeout = _connectMax,
            ClientProvidedName = "ops publisher",
        };
        var endpoints = options.Brokers.Select(broker => new AmqpTcpEndpoint(
            broker.Host, broker.Port, new SslOption(broker.Host, enabled: options.UsesTls)));
        _connection = await factory.CreateConnectionAsync([.. endpoints], cancellationToken).ConfigureAwait(false);
        await DeclareAsync(cancellationToken).ConfigureAwait(false);
        return _channel ??= await OpenAsync(cancellationToken).ConfigureAwait(false);
    }

    private Task<IChannel> OpenAsync(CancellationToken cancellationToken) => _connection!.CreateChannelAsync(
        new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true),
        cancellationToken);

    private async ValueTask DeclareAsync(CancellationToken cancellationToken)
    {
        await EitherAsync(
            channel => channel.ExchangeDeclareAsync(
                options.Exchange, ExchangeType.Topic, options.IsDurable, options.IsAutoDelete,
                cancellationToken: cancellationToken),
            channel => channel.ExchangeDeclarePassiveAsync(options.Exchange, cancellationToken),
            cancellationToken).ConfigureAwait(false);
        await EitherAsync(
            channel => channel.QueueDeclareAsync(
                _queue, options.IsDurable, exclusive: false, options.IsAutoDelete,
                cancellationToken: cancellationToken),
            channel => channel.QueueDeclarePassiveAsync(_queue, cancellationToken),
            cancellationToken).ConfigureAwait(false);
        await _channel!.QueueBindAsync(_queue, options.Exchange, _queue, cancellationToken: cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Declares, or where that contradicts what is there looks only whether it is there.</summary>
    private async ValueTask EitherAsync(
        Func<IChannel, Task> declare, Func<IChannel, Task> look, CancellationToken cancellationToken)
    {
        _channel ??= await OpenAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await declare(_channel).ConfigureAwait(false);
        }
        catch (OperationInterruptedException fault) when (fault.ShutdownReason?.ReplyCode == PreconditionFailed)
        {
            await _channel.DisposeAsync().ConfigureAwait(false);
            _channel = await OpenAsync(cancellationToken).ConfigureAwait(false);
            await look(_channel).ConfigureAwait(false);
        }
    }

    private async ValueTask CloseAsync()
    {
        var connection = _connection;
        (_connection, _channel) = (null, null);
        if (connection is null)
        {
            return;
        }

        try
        {
            await connection.AbortAsync(
                Constants.ReplySuccess, "done", _closeMax).ConfigureAwait(false);
        }
        finally
        {
            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }
}

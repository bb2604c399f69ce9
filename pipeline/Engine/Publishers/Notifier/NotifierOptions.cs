using Ops.Pipeline.Publishers.Sockets;

namespace Ops.Pipeline.Publishers.Notifier;

/// <summary>What the address of a <c>notifier://</c> publisher says.</summary>
/// <remarks>Form: <c>notifier://[user:password@host[:port][,host2...][/vhost]]?...</c>; without a host the program's
/// messaging url holds.</remarks>
internal sealed record NotifierOptions
{
    /// <summary>The queue where an address says nothing: as long as Ceilometer's, and it tries 100 times.</summary>
    public static readonly QueueOptions QueueDefaults = new() { Batches = 1024, RetriesMax = 100 };

    private const int PortDefault = 5672;
    private const int TlsPortDefault = 5671;

    /// <summary>The brokers, tried in order; at least one.</summary>
    public required IReadOnlyList<HostAndPort> Brokers { get; init; }

    /// <summary>The user; default <c>guest</c>.</summary>
    public required string User { get; init; }

    /// <summary>The password; default <c>guest</c>.</summary>
    public required string Password { get; init; }

    /// <summary>The virtual host; default <c>/</c>.</summary>
    public required string VirtualHost { get; init; }

    /// <summary>The topic (<c>topic</c>); default <c>metering</c> for samples, <c>event</c> for events. The queue is
    /// <c>topic.sample</c>.</summary>
    public required string Topic { get; init; }

    /// <summary>The exchange (<c>exchange</c>); default <c>ceilometer</c>.</summary>
    public string Exchange { get; init; } = "ceilometer";

    /// <summary>Whether each meter is also sent with an event type of its own (<c>per_meter_topic</c>); default
    /// false.</summary>
    public bool PerMeterTopic { get; init; }

    /// <summary>Whether exchange and queue outlive the broker (<c>amqp_durable_queues</c>); default false, as in
    /// OpenStack.</summary>
    public bool IsDurable { get; init; }

    /// <summary>Whether they go with their last user (<c>amqp_auto_delete</c>); default false.</summary>
    public bool IsAutoDelete { get; init; }

    /// <summary>Whether the connection is TLS (<c>ssl</c>); default false.</summary>
    public bool UsesTls { get; init; }

    /// <summary>Takes its parameters out of an address.</summary>
    /// <param name="address">The address.</param>
    /// <param name="topic">The topic where it names none.</param>
    /// <param name="messagingUrl">The program's messaging url, for an address without a host; or null.</param>
    /// <exception cref="FormatException">A part is not what it may be.</exception>
    public static NotifierOptions From(PublisherAddress address, string topic, string? messagingUrl)
    {
        if (address.TakeOptionalWord("driver", "rabbit", "kafka") == "kafka")
        {
            throw new FormatException("'driver=kafka' is a publisher of its own: use 'kafka://host:9092?topic=...'");
        }

        var place = address.Place;
        if (place.Trim('/').Length == 0)
        {
            place = PublisherAddress.Parse(messagingUrl ?? throw new FormatException(
                "it names no broker, and no messaging url is set; write 'notifier://user:password@host:5672/'")).Place;
        }

        var usesTls = address.TakeBool("ssl", false);
        var slash = place.IndexOf('/');
        var hosts = (slash < 0 ? place : place[..slash]).Split(',', StringSplitOptions.RemoveEmptyEntries);
        var virtualHost = slash < 0 ? "" : Uri.UnescapeDataString(place[(slash + 1)..]);
        var (user, password) = Credentials(hosts.FirstOrDefault(""));
        var portDefault = usesTls ? TlsPortDefault : PortDefault;
        return new NotifierOptions
        {
            Brokers = [.. hosts.DefaultIfEmpty("").Select(
                host => HostAndPort.Parse(host[(host.LastIndexOf('@') + 1)..], portDefault))],
            User = user,
            Password = password,
            VirtualHost = virtualHost.Length == 0 ? "/" : virtualHost,
            Topic = Name(address, "topic", topic),
            Exchange = Name(address, "exchange", "ceilometer"),
            PerMeterTopic = address.TakeBool("per_meter_topic", false),
            IsDurable = address.TakeBool("amqp_durable_queues", false),
            IsAutoDelete = address.TakeBool("amqp_auto_delete", false),
            UsesTls = usesTls,
        };
    }

    private static string Name(PublisherAddress address, string parameter, string absent) =>
        address.Take(parameter) switch
        {
            null => absent,
            "" => throw new FormatException($"'{parameter}' must be a name, found nothing"),
            var name => name,
        };

    private static (string User, string Password) Credentials(string host)
    {
        var at = host.LastIndexOf('@');
        if (at < 0)
        {
            return ("guest", "guest");
        }

        var parts = host[..at].Split(':', 2);
        return (Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "");
    }
}

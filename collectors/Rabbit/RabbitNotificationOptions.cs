using Ops.Collectors.Notifications;

namespace Ops.Collectors.Rabbit;

/// <summary>How notifications are taken from RabbitMQ (<c>notifications</c> of <c>ops.yaml</c>).</summary>
public sealed record RabbitNotificationOptions
{
    /// <summary>
    /// Brokers of one cluster, tried in turn: <c>amqp://user:password@host:5672/vhost</c>, or <c>amqps</c>. Default
    /// none: nothing is taken.
    /// </summary>
    public IReadOnlyList<Uri> Urls { get; init; } = [];

    /// <summary>The exchanges to bind to: the control exchanges of the services. Default those of OpenStack.</summary>
    public IReadOnlyList<string> Exchanges { get; init; } =
    [
        "nova", "glance", "neutron", "cinder", "heat", "keystone", "trove", "zaqar", "swift", "ceilometer", "magnum",
        "dns", "ironic", "aodh", "openstack",
    ];

    /// <summary>The topics. Default <c>notifications</c> and <c>versioned_notifications</c>.</summary>
    public IReadOnlyList<string> Topics { get; init; } = ["notifications", "versioned_notifications"];

    /// <summary>The priorities; a queue is named <c>topic.priority</c>. Default info, error, sample, audit, warn.
    /// </summary>
    public IReadOnlyList<string> Priorities { get; init; } = ["info", "error", "sample", "audit", "warn"];

    /// <summary>
    /// Whether exchanges and queues survive a restart of the broker, as <c>amqp_durable_queues</c> of the services
    /// says. Default false. What exists otherwise is used as it is.
    /// </summary>
    public bool Durable { get; init; }

    /// <summary>
    /// How many messages of each queue are in hand at most, which is the back-pressure. Default 100, from 1 to 10000.
    /// </summary>
    public int Prefetch { get; init; } = 100;

    /// <summary>
    /// How often a message that a consumer failed on is delivered again. Default 3, from 0 to 100; then it goes to the
    /// dead letters.
    /// </summary>
    public int RedeliveryMax { get; init; } = 3;

    /// <summary>How long a message rests before it is delivered again; doubled each time. Default 1 s, from 0 to 60 s.
    /// </summary>
    public TimeSpan RedeliveryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The durable queue of dead letters. Default <c>ops.notifications.dead</c>.</summary>
    public string DeadLetterQueue { get; init; } = "ops.notifications.dead";

    /// <summary>How many dead letters are kept; the oldest go. Default 100000, from 1 to 10000000.</summary>
    public int DeadLetterMax { get; init; } = 100_000;

    /// <summary>The longest wait between attempts to connect; the first is 0.5 s. Default 30 s, from 1 s to 10 min.
    /// </summary>
    public TimeSpan ReconnectMax { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>What is made of the notifications.</summary>
    public NotificationConversion Conversion { get; init; } = new();
}

using Ops.Collectors.Rabbit;
using Ops.Model;
using Ops.Server.Config;
using Xunit;

namespace Ops.Unit.Collectors.Rabbit;

public sealed class RabbitNotificationOptionsTests
{
    [Fact]
    public void Nothing_said_gives_the_defaults()
    {
        var options = Read("{}", out var faults);
        Assert.Empty(faults.All);
        Assert.Empty(options.Urls);
        Assert.Contains("nova", options.Exchanges);
        Assert.Equal(["notifications", "versioned_notifications"], options.Topics);
        Assert.Equal(["info", "error", "sample", "audit", "warn"], options.Priorities);
        Assert.Equal((100, 3, "ops.notifications.dead"), (
            options.Prefetch, options.RedeliveryMax, options.DeadLetterQueue));
        Assert.Equal(["metering."], options.Conversion.ReservedMetadataNamespace);
    }

    [Fact]
    public void Every_key_is_read()
    {
        var options = Read(
            """
            urls: ["amqp://u:p@a:5672/v", "amqps://b"]
            exchanges: [nova]
            topics: [t]
            priorities: [info, info]
            durable: true
            prefetch: 5
            redelivery_max: 0
            redelivery_delay: 2s
            dead_letter_queue: dead
            dead_letter_max: 10
            reconnect_max: 1m
            secret: s
            drop_unmatched: true
            store_raw: [error]
            reserved_metadata_namespace: [a.]
            reserved_metadata_keys: [k]
            reserved_metadata_length: 9
            """,
            out var faults);
        Assert.Empty(faults.All);
        Assert.Equal(["a", "b"], options.Urls.Select(url => url.Host));
        Assert.Equal(["info"], options.Priorities);
        Assert.Equal(
            (true, 5, 0, TimeSpan.FromSeconds(2), "dead", 10, TimeSpan.FromMinutes(1)),
            (options.Durable, options.Prefetch, options.RedeliveryMax, options.RedeliveryDelay, options.DeadLetterQueue,
                options.DeadLetterMax, options.ReconnectMax));
        var conversion = options.Conversion;
        Assert.Equal(("s", true, "error", "a.", "k", 9), (
            conversion.Secret, conversion.DropUnmatched, conversion.StoreRaw[0],
            conversion.ReservedMetadataNamespace[0], conversion.ReservedMetadataKeys[0],
            conversion.ReservedMetadataLength));
    }

    [Theory]
    [InlineData("prefech: 5", "o.yaml:1:1: unknown key 'prefech' in notifications; allowed: urls, exchanges, topics, "
        + "priorities, durable, prefetch, redelivery_max, redelivery_delay, dead_letter_queue, dead_letter_max, "
        + "reconnect_max, secret, drop_unmatched, store_raw, reserved_metadata_namespace, reserved_metadata_keys, "
        + "reserved_metadata_length. Did you mean 'prefetch'?")]
    [InlineData("urls: ['http://user:hidden@h']", "o.yaml:1:8: a url of notifications must be "
        + "'amqp://user:password@host:5672/vhost' or 'amqps://...'")]
    [InlineData("prefetch: 0", "o.yaml:1:11: 'prefetch' of notifications must be a whole number from 1 to 10000, found "
        + "'0'")]
    [InlineData("reconnect_max: 0s", "o.yaml:1:16: 'reconnect_max' of notifications must lie between 1 s and 600 s, "
        + "found '0s'")]
    [InlineData("topics: [[]]", "o.yaml:1:10: 'topics' of notifications must hold texts of 1 to 255 characters, found "
        + "a list")]
    [InlineData("store_raw: [warn]", "o.yaml:1:13: 'store_raw' of notifications must be one of info, error, found "
        + "'warn'")]
    public void A_fault_is_said_at_its_place(string yaml, string fault)
    {
        Read(yaml, out var faults);
        Assert.Equal([fault], faults.All.Select(one => one.ToString()));
    }

    private static RabbitNotificationOptions Read(string yaml, out ConfigFaults faults)
    {
        faults = new ConfigFaults();
        return RabbitNotificationOptionsReader.Read(YamlReader.Read(yaml, "o.yaml", faults), faults);
    }
}

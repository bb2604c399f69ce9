using Ops.Pipeline.Publishers;
using Ops.Pipeline.Publishers.Notifier;
using Ops.Pipeline.Publishers.Sockets;
using Xunit;

namespace Ops.Unit.Pipeline.Publishers;

public sealed class NotifierOptionsTests
{
    [Fact]
    public void An_address_names_brokers_user_virtual_host_and_topic()
    {
        var options = Read(
            "notifier://us%40er:p%2Fw@h1:5673,us:pw@[::1]/v%20h?topic=t&per_meter_topic=1&driver=rabbit"
            + "&amqp_durable_queues=true&amqp_auto_delete=1&exchange=x");
        Assert.Equal([new HostAndPort("h1", 5673), new HostAndPort("::1", 5672)], options.Brokers);
        Assert.Equal(("us@er", "p/w", "v h"), (options.User, options.Password, options.VirtualHost));
        Assert.Equal(("t", "x"), (options.Topic, options.Exchange));
        Assert.True(options.PerMeterTopic && options.IsDurable && options.IsAutoDelete);
        Assert.False(options.UsesTls);
    }

    [Theory]
    [InlineData("notifier://h")]
    [InlineData("notifier://h/")]
    [InlineData("notifier://")]
    public void What_it_does_not_say_is_as_in_OpenStack(string address)
    {
        var options = Read(address, "rabbit://h");
        Assert.Equal(
            ("guest", "guest", "/", "metering", "ceilometer"),
            (options.User, options.Password, options.VirtualHost, options.Topic, options.Exchange));
        Assert.Equal([new HostAndPort("h", 5672)], options.Brokers);
        Assert.False(options.PerMeterTopic || options.IsDurable || options.IsAutoDelete);
    }

    [Fact]
    public void Tls_has_a_port_of_its_own() =>
        Assert.Equal([new HostAndPort("h", 5671)], Read("notifier://h?ssl=true").Brokers);

    [Theory]
    [InlineData(
        "notifier://", "it names no broker, and no messaging url is set; write 'notifier://user:password@host:5672/'")]
    [InlineData(
        "notifier://h?driver=kafka",
        "'driver=kafka' is a publisher of its own: use 'kafka://host:9092?topic=...'")]
    [InlineData("notifier://h?driver=rabit", "'driver' must be one of rabbit, kafka, found 'rabit'. "
        + "Did you mean 'rabbit'?")]
    [InlineData("notifier://u:p@:5672/", "it names no host, as in 'host:5672'")]
    [InlineData("notifier://h:port/", "its port must be a whole number from 1 to 65535, found 'port'")]
    [InlineData("notifier://h?topic=", "'topic' must be a name, found nothing")]
    [InlineData("notifier://h?per_meter_topic=2", "'per_meter_topic' must be true or false, found '2'")]
    [InlineData(
        "notifier://h?tpoic=x",
        "parameter 'tpoic' is not known; known: policy, max_retries, max_queue_length, max_retry, timeout, "
        + "spill_max_bytes, driver, ssl, topic, exchange, per_meter_topic, amqp_durable_queues, amqp_auto_delete")]
    [InlineData("udp://", "it names no host, as in 'host:4952'")]
    [InlineData("udp://h:0", "its port must be a whole number from 1 to 65535, found '0'")]
    [InlineData("tcp://a b:1", "it names no host, as in 'host:4952'")]
    [InlineData("tcp://h/path", "it names no host, as in 'host:4952'")]
    [InlineData("tcp://h?topic=x", "parameter 'topic' is not known; known: policy, max_retries, max_queue_length, "
        + "max_retry, timeout, spill_max_bytes")]
    public void An_address_that_is_not_right_says_why(string address, string problem)
    {
        var catalog = PublisherCatalog.BuiltIn(new FakeStore(), TimeProvider.System);
        Assert.False(catalog.TryOpen(address, out _, out var found));
        Assert.Equal(problem, found);
    }

    [Theory]
    [InlineData("h", "h", 9)]
    [InlineData("h:1", "h", 1)]
    [InlineData("[::1]", "::1", 9)]
    [InlineData("[::1]:2", "::1", 2)]
    [InlineData("10.0.0.1:65535", "10.0.0.1", 65535)]
    public void A_host_has_a_port_or_takes_the_default(string text, string host, int port) =>
        Assert.Equal(new HostAndPort(host, port), HostAndPort.Parse(text, 9));

    [Theory]
    [InlineData("[::1]x:2")]
    [InlineData("[]:2")]
    [InlineData(":2")]
    [InlineData("h:")]
    [InlineData("h:1:2")]
    public void A_host_that_is_none_is_refused(string text) =>
        Assert.Throws<FormatException>(() => HostAndPort.Parse(text, 9));

    private static NotifierOptions Read(string address, string? messagingUrl = null) =>
        NotifierOptions.From(PublisherAddress.Parse(address), "metering", messagingUrl);
}

using CsCheck;
using Ops.Collectors.Redis;
using Ops.Collectors.Redis.Topology;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Ops.Unit.Collectors.Redis;

public sealed class SentinelMessageTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void A_switch_names_both_masters()
    {
        var message = SentinelMessage.Read("+switch-master", "orders 10.0.0.1 6379 10.0.0.2 6380")!;
        Assert.Equal(
            ("redis.switch-master", "orders", ("10.0.0.1", 6379), ("10.0.0.2", 6380), true),
            (message.EventType, message.Master, message.OldAddress, message.Address, message.ChangesGraph));
    }

    [Theory]
    [InlineData("+sdown", "master orders 10.0.0.1 6379", "redis.sdown master 10.0.0.1 6379 orders True")]
    [InlineData("-sdown", "slave 10.0.0.2:6380 10.0.0.2 6380 @ orders 10.0.0.1 6379",
        "redis.sdown.end slave 10.0.0.2 6380 orders True")]
    [InlineData("+odown", "master orders 10.0.0.1 6379 #quorum 2/2", "redis.odown master 10.0.0.1 6379 orders True")]
    [InlineData("+slave", "slave 10.0.0.3:6379 10.0.0.3 6379 @ orders 10.0.0.1 6379",
        "redis.slave slave 10.0.0.3 6379 orders True")]
    [InlineData("+failover-state-select-slave", "master orders 10.0.0.1 6379",
        "redis.failover-state-select-slave master 10.0.0.1 6379 orders False")]
    [InlineData("+tilt", "#tilt mode entered", "redis.tilt     False")]
    [InlineData("+sdown", "master orders 10.0.0.1 port", "redis.sdown master   orders True")]
    public void Messages_about_instances_are_read(string channel, string payload, string expected)
    {
        var message = SentinelMessage.Read(channel, payload)!;
        Assert.Equal(expected, $"{message.EventType} {message.Kind} {message.Address?.Host} {message.Address?.Port} "
            + $"{message.Master} {message.ChangesGraph}");
    }

    [Theory]
    [InlineData("")]
    [InlineData("__sentinel__:hello")]
    [InlineData("Orders")]
    public void Other_channels_are_not_a_Sentinels(string channel) => Assert.Null(SentinelMessage.Read(channel, "x"));

    [Fact]
    public void Any_message_is_read_or_passed_over()
    {
        string[] words = ["master", "slave", "sentinel", "orders", "10.0.0.1", "6379", "@", "-1", "", "99999999999"];
        string[] channels = ["+switch-master", "+sdown", "-odown", "hello", ""];
        Gen.Select(
            Gen.Int[0, channels.Length - 1].Select(i => channels[i]),
            Gen.Int[0, words.Length - 1].Select(i => words[i]).Array[0, 12].Select(parts => string.Join(' ', parts)))
            .Sample((channel, payload) =>
            {
                var told = SentinelMessage.Read(channel, payload);
                return told is null || new RedisEvents(new ServerNames("here"), _time).Of(told, "s") is not null;
            }, iter: 5000);
        Gen.Select(Gen.String, Gen.String).Sample((channel, payload) =>
            SentinelMessage.Read(channel, payload) is null or { Payload.Length: <= 1024 }, iter: 2000);
    }

    [Fact]
    public void What_several_Sentinels_tell_of_one_switch_is_one_event_within_a_minute()
    {
        var events = new RedisEvents(new ServerNames("here"), _time);
        var message = SentinelMessage.Read("+switch-master", "orders 127.0.0.1 6379 127.0.0.1 6380")!;
        var first = events.Of(message, "s1")!;
        Assert.Null(events.Of(message, "s2"));
        _time.Advance(TimeSpan.FromMinutes(2));
        var second = events.Of(message, "s2")!;
        Assert.NotEqual(first.MessageId, second.MessageId);
        Assert.Equal(
            "message=orders 127.0.0.1 6379 127.0.0.1 6380; sentinel=s1; resource_id=orders; master=orders; "
            + "role=master; address=here:6380; old_address=here:6379",
            string.Join("; ", first.Traits.Select(trait => $"{trait.Name}={trait.Value}")));
    }

    [Fact]
    public void What_each_Sentinel_judges_for_itself_is_an_event_of_each()
    {
        var events = new RedisEvents(new ServerNames("here"), _time);
        var message = SentinelMessage.Read("+sdown", "master orders 10.0.0.1 6379")!;
        Assert.NotNull(events.Of(message, "s1"));
        Assert.NotNull(events.Of(message, "s2"));
    }
}

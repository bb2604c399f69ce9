using CsCheck;
using Ops.Collectors.Collectd;
using Ops.Model;
using Ops.Unit.Collectors.Wire;
using Xunit;

namespace Ops.Unit.Collectors.Collectd;

public sealed class CollectdTests
{
    private readonly SomeOutlets _outlets = new();

    [Fact]
    public async Task Values_are_samples_of_the_host()
    {
        await TakeAsync(SomePacket.Of("h1", "load", "load").Values(
                (ValueKind.Gauge, 0.5), (ValueKind.Gauge, 0.25), (ValueKind.Gauge, double.NaN))
            .Text(2, "interface").Text(3, "eth0").Text(4, "if_octets")
            .Values((ValueKind.Derive, 100), (ValueKind.Derive, 200))
            .Text(2, "cpu").Text(3, "0").Text(4, "cpu").Text(5, "idle").Values((ValueKind.Counter, 7))
            .Text(2, "x").Text(3, "").Text(4, "y").Text(5, "").Values((ValueKind.Absolute, 1), (ValueKind.Gauge, 2))
            .Bytes);
        Assert.Equal(
            [
                "collectd.load.shortterm h1 {} gauge  0.5",
                "collectd.load.midterm h1 {} gauge  0.25",
                "collectd.interface.if_octets.rx h1 {plugin_instance=eth0} cumulative  100",
                "collectd.interface.if_octets.tx h1 {plugin_instance=eth0} cumulative  200",
                "collectd.cpu h1 {plugin_instance=0,type_instance=idle} cumulative  7",
                "collectd.x.y.0 h1 {} delta  1",
                "collectd.x.y.1 h1 {} gauge  2",
            ],
            _outlets.Lines);
        Assert.Equal(1_700_000_000_000_000_000, _outlets.Sink.Samples[0].TimestampNs);
        Assert.Equal("h1", _outlets.Sink.Samples[0].Context.Metadata["host"]);
    }

    [Fact]
    public async Task Equal_readings_share_series_and_context()
    {
        var packet = SomePacket.Of("h1", "load", "load").Values((ValueKind.Gauge, 1)).Bytes;
        var collector = Collector(new CollectdOptions { Listen = null });
        await collector.TakeAsync(packet, default);
        await collector.TakeAsync(packet, default);
        Assert.Same(_outlets.Sink.Samples[0].Context, _outlets.Sink.Samples[1].Context);
    }

    [Fact]
    public async Task Times_in_seconds_and_none_are_read()
    {
        await TakeAsync(new SomePacket().Text(0, "h").Text(2, "p").Text(4, "t").Values((ValueKind.Gauge, 1))
            .Number(1, 1_600_000_000).Values((ValueKind.Gauge, 2)).Bytes);
        Assert.Equal(
            [_outlets.Time.GetUtcNow().ToUnixNs(), 1_600_000_000_000_000_000],
            _outlets.Sink.Samples.Select(sample => sample.TimestampNs));
    }

    [Fact]
    public async Task A_notification_raises_an_alarm_and_okay_clears_it()
    {
        await TakeAsync(SomePacket.Of("h1", "df", "percent").Text(3, "root").Number(0x0101, 1)
            .Text(0x0100, "disk is full").Bytes);
        await TakeAsync(SomePacket.Of("h1", "df", "percent").Text(3, "root").Number(0x0101, 4)
            .Text(0x0100, "disk is well").Bytes);
        Assert.Equal(
            ["collectd df percent h1 FAILURE Alarm disk is full", "collectd df percent h1 OK Ok disk is well"],
            _outlets.Alarms.Select(one =>
                $"{one.Monitor} {one.Rule} {one.ResourceId} {one.Severity} {one.To} {one.Reason}"));
        Assert.Equal(_outlets.Alarms[0].AlarmId, _outlets.Alarms[1].AlarmId);
        Assert.Equal("plugin_instance=root", _outlets.Alarms[0].Dimensions.ToString());
    }

    [Theory]
    [InlineData(CollectdSecurity.None, "plain", null)]
    [InlineData(CollectdSecurity.None, "signed", null)]
    [InlineData(CollectdSecurity.None, "encrypted", null)]
    [InlineData(CollectdSecurity.None, "forged", "a signature is wrong")]
    [InlineData(CollectdSecurity.None, "stranger", "the user 'eve' is not one of those that are configured")]
    [InlineData(CollectdSecurity.None, "other key", "an encrypted part cannot be opened: another password?")]
    [InlineData(CollectdSecurity.Sign, "plain", "a packet is not signed")]
    [InlineData(CollectdSecurity.Sign, "signed", null)]
    [InlineData(CollectdSecurity.Sign, "encrypted", null)]
    [InlineData(CollectdSecurity.Encrypt, "plain", "a packet is not encrypted")]
    [InlineData(CollectdSecurity.Encrypt, "signed", "a packet is not encrypted")]
    [InlineData(CollectdSecurity.Encrypt, "encrypted", null)]
    public async Task A_packet_must_prove_what_is_asked(CollectdSecurity least, string how, string? fault)
    {
        var packet = SomePacket.Of("h1", "load", "load").Values((ValueKind.Gauge, 1));
        var bytes = how switch
        {
            "signed" => packet.Signed("ann", "secret"),
            "forged" => packet.Signed("ann", "guess"),
            "stranger" => packet.Signed("eve", "secret"),
            "encrypted" => packet.Encrypted("ann", "secret"),
            "other key" => packet.Encrypted("ann", "guess"),
            _ => packet.Bytes,
        };
        var collector = Collector(new CollectdOptions
        {
            Listen = null, Security = least, Users = new Dictionary<string, string> { ["ann"] = "secret" },
        });
        await collector.TakeAsync(bytes, default);
        Assert.Equal(fault is null ? 1 : 0, _outlets.Sink.Samples.Count);
        Assert.Equal(fault is null ? [] : [$"collectd: a packet is refused: {fault}"], _outlets.Reports);
    }

    [Theory]
    [InlineData(new byte[] { 0, 0, 0 }, "a part is cut off")]
    [InlineData(new byte[] { 0, 0, 0, 3 }, "a part says that it has 3 bytes, of 4 that are left")]
    [InlineData(new byte[] { 0, 0, 0, 9, 65 }, "a part says that it has 9 bytes, of 5 that are left")]
    [InlineData(new byte[] { 0, 1, 0, 5, 65 }, "a number does not have 8 bytes")]
    [InlineData(new byte[] { 0, 6, 0, 6, 0, 1 }, "the values are broken")]
    [InlineData(new byte[] { 2, 0, 0, 5, 1 }, "a signature is cut off")]
    [InlineData(new byte[] { 2, 16, 0, 6, 0, 1 }, "an encrypted part is cut off")]
    public async Task A_broken_packet_is_refused(byte[] packet, string fault)
    {
        await TakeAsync(packet);
        Assert.Equal($"collectd: a packet is refused: {fault}", Assert.Single(_outlets.Reports));
    }

    [Fact]
    public void Types_of_a_file_are_read()
    {
        var types = new TypeNames();
        types.Add(["# a comment", "", "pair\t\tone:GAUGE:0:U, two:DERIVE:0:U", "single  value:GAUGE:0:U", "bad"]);
        Assert.Equal(["one", "two"], types["pair"]!);
        Assert.Null(types["single"]);
        Assert.Equal(["rx", "tx"], types["if_octets"]!);
    }

    [Fact]
    public void Any_bytes_are_read_or_refused()
    {
        var options = new CollectdOptions { Users = new Dictionary<string, string> { ["ann"] = "secret" } };
        Gen.Byte.Array[0, 200].Sample(
            packet => new PacketReader(new PacketSecurity(options)).Read(packet), iter: 10_000);
        var whole = SomePacket.Of("h1", "load", "load").Values((ValueKind.Gauge, 1), (ValueKind.Counter, 2))
            .Signed("ann", "secret");
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte, Gen.Int[0, whole.Length]).Sample((at, value, length) =>
        {
            var packet = whole.ToArray();
            packet[at] = value;
            var collector = new CollectdCollector(new CollectdOptions { Listen = null }, new SomeOutlets().Outlets);
            Assert.True(collector.TakeAsync(packet.AsMemory(0, length), default).IsCompletedSuccessfully);
        }, iter: 5_000);
    }

    private CollectdCollector Collector(CollectdOptions options) => new(options, _outlets.Outlets);

    private ValueTask TakeAsync(byte[] packet) =>
        Collector(new CollectdOptions { Listen = null }).TakeAsync(packet, default);
}

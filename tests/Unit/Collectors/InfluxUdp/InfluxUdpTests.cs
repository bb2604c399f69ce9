using System.Net;
using System.Net.Sockets;
using System.Text;
using Ops.Collectors.InfluxUdp;
using Ops.Unit.Collectors.Wire;
using Xunit;

namespace Ops.Unit.Collectors.InfluxUdp;

public sealed class InfluxUdpTests
{
    private readonly SomeOutlets _outlets = new();

    [Fact]
    public async Task A_datagram_is_lines()
    {
        var collector = new InfluxUdpCollector(
            new InfluxUdpOptions { Listen = null, Database = "d" }, _outlets.Outlets);
        await collector.TakeAsync("cpu,host=a usage=1 5\ncpu,host=b usage=2 6"u8.ToArray(), default);
        Assert.Equal(["cpu.usage a {host=a} gauge  1", "cpu.usage b {host=b} gauge  2"], _outlets.Lines);
        Assert.Equal("d", _outlets.Sink.Samples[0].Series.Database);
    }

    [Fact]
    public async Task A_kind_of_bad_line_is_reported_once()
    {
        var collector = new InfluxUdpCollector(new InfluxUdpOptions { Listen = null }, _outlets.Outlets);
        await collector.TakeAsync("broken\nok value=1"u8.ToArray(), default);
        await collector.TakeAsync("worse"u8.ToArray(), default);
        Assert.Equal(
            "influx udp: a line is refused: unable to parse 'broken': missing fields", Assert.Single(_outlets.Reports));
        Assert.Single(_outlets.Sink.Samples);
    }

    [Fact]
    public async Task Datagrams_come_in_over_a_socket()
    {
        var options = new InfluxUdpOptions { Listen = new IPEndPoint(IPAddress.Loopback, 0) };
        var collector = new InfluxUdpCollector(options, _outlets.Outlets);
        using var stop = new CancellationTokenSource();
        var run = collector.RunAsync(stop.Token);
        await UntilAsync(() => collector.Port > 0);
        using var udp = new UdpClient();
        for (var i = 0; i < 10; i++)
        {
            await udp.SendAsync(
                Encoding.UTF8.GetBytes($"m value={i}"), new IPEndPoint(IPAddress.Loopback, collector.Port));
        }

        await UntilAsync(() => _outlets.Sink.Samples.Count == 10);
        Assert.Equal(
            "10 datagrams, 10 lines taken, 0 refused, 0 datagrams dropped by the kernel, 0 of senders that are not "
            + "allowed",
            collector.Status().Detail);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
    }

    [Fact]
    public async Task An_address_that_is_taken_is_said_once_and_tried_again()
    {
        using var other = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var options = new InfluxUdpOptions { Listen = (IPEndPoint)other.Client.LocalEndPoint! };
        var collector = new InfluxUdpCollector(options, _outlets.Outlets);
        using var stop = new CancellationTokenSource();
        var run = collector.RunAsync(stop.Token);
        await UntilAsync(() => !collector.Status().Ok);
        _outlets.Time.Advance(TimeSpan.FromSeconds(5));
        other.Dispose();
        for (var i = 0; i < 500 && collector.Port == 0; i++)
        {
            _outlets.Time.Advance(TimeSpan.FromSeconds(5));
            await Task.Delay(10);
        }

        Assert.True(collector.Status().Ok);
        Assert.Equal(2, _outlets.Reports.Count);
        Assert.EndsWith("Address already in use; tries again every 5 s", _outlets.Reports[0], StringComparison.Ordinal);
        Assert.EndsWith("again", _outlets.Reports[1], StringComparison.Ordinal);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        for (var i = 0; i < 500 && !holds(); i++)
        {
            await Task.Delay(10);
        }

        Assert.True(holds());
    }
}

using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Ops.Model;
using Ops.Pipeline.Publishers;
using Ops.Pipeline.Publishers.Sockets;
using Xunit;

namespace Ops.Unit.Pipeline.Publishers;

/// <summary>Against real sockets on the loopback address.</summary>
public sealed class SocketTargetTests
{
    private readonly SeriesCatalog _catalog = new();

    [Fact]
    public async Task Each_sample_is_a_datagram_of_one_map()
    {
        using var reader = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        await using var target = new UdpTarget(Place(reader.Client), "", TimeProvider.System);
        using var batch = Some.Batch(_catalog.Sample("a", 1), _catalog.Sample("b", 2));
        Assert.Equal(PublishResult.Sent, await target.SendAsync(batch, default));
        foreach (var meter in new[] { "a", "b" })
        {
            var datagram = (await reader.ReceiveAsync().WaitAsync(TimeSpan.FromSeconds(10))).Buffer;
            Assert.Equal(0x8D, datagram[0]);
            Assert.Contains($"counter_name\u00a1{meter}", Encoding.Latin1.GetString(datagram));
        }
    }

    [Fact]
    public async Task A_sample_that_no_datagram_holds_is_refused_and_the_others_are_sent()
    {
        using var reader = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        await using var target = new UdpTarget(Place(reader.Client), "", TimeProvider.System);
        var large = new SampleContext { Unit = new string('x', UdpTarget.DatagramBytesMax) };
        using var batch = Some.Batch(
            _catalog.Sample("a", 1), _catalog.Sample("b", 2) with { Context = large }, _catalog.Sample("c", 3));
        Assert.Equal(
            PublishResult.SentBut(1, "a sample is longer than a datagram of 65507 bytes"),
            await target.SendAsync(batch, default));
        await reader.ReceiveAsync();
        Assert.Contains("counter_name\u00a1c", Encoding.Latin1.GetString((await reader.ReceiveAsync()).Buffer));
    }

    [Fact]
    public async Task A_name_that_nobody_knows_is_a_passing_failure()
    {
        await using var udp = new UdpTarget(new HostAndPort("no-such-host.invalid", 1), "", TimeProvider.System);
        await using var tcp = new TcpTarget(new HostAndPort("no-such-host.invalid", 1), "", "h");
        using var batch = Some.Batch(_catalog.Sample("a", 1));
        Assert.Equal(PublishOutcome.Passing, (await udp.SendAsync(batch, default)).Outcome);
        Assert.Equal(PublishOutcome.Passing, (await tcp.SendAsync(batch, default)).Outcome);
    }

    [Fact]
    public async Task Over_tcp_each_message_follows_its_length()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var target = new TcpTarget(Place(listener.Server), "", "here");
        using var batch = Some.Batch(_catalog.Sample("a", 1), _catalog.Sample("b", 2));
        var sending = target.SendAsync(batch, default).AsTask();
        using var link = await listener.AcceptTcpClientAsync().WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(PublishResult.Sent, await sending);
        Assert.Contains("counter_name\u00a1a", await MessageAsync(link));
        var second = await MessageAsync(link);
        Assert.Contains("counter_name\u00a1b", second);
        Assert.Contains("publisher_id\u00a4here", second);
    }

    [Fact]
    public async Task A_connection_that_was_closed_is_opened_again()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var target = new TcpTarget(Place(listener.Server), "", "here");
        for (var i = 0; i < 3; i++)
        {
            using var batch = Some.Batch(_catalog.Sample($"m{i}", i));
            var sending = target.SendAsync(batch, default).AsTask();
            using var link = await listener.AcceptTcpClientAsync().WaitAsync(TimeSpan.FromSeconds(10));
            Assert.Equal(PublishResult.Sent, await sending);
            Assert.Contains($"counter_name\u00a2m{i}", await MessageAsync(link));
        }
    }

    [Fact]
    public async Task A_reader_that_is_away_or_does_not_read_is_a_passing_failure_until_it_is_back()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var place = Place(listener.Server);
        listener.Stop();
        await using var target = new TcpTarget(place, "", "here");
        using var batch = Some.Batch(_catalog.Sample("a", 1));
        Assert.Equal(PublishOutcome.Passing, (await target.SendAsync(batch, default)).Outcome);

        listener = new TcpListener(IPAddress.Loopback, place.Port);
        listener.Start();
        using var large = Some.Batch([.. Enumerable.Range(0, 40_000).Select(i => _catalog.Sample("large", i))]);
        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await target.SendAsync(large, limit.Token));
        Assert.Equal(PublishResult.Sent, await target.SendAsync(batch, default));
        listener.Stop();
    }

    private static HostAndPort Place(Socket socket) => new("127.0.0.1", ((IPEndPoint)socket.LocalEndPoint!).Port);

    private static async Task<string> MessageAsync(TcpClient link)
    {
        var length = new byte[8];
        await link.GetStream().ReadExactlyAsync(length).AsTask().WaitAsync(TimeSpan.FromSeconds(10));
        var message = new byte[BinaryPrimitives.ReadInt64LittleEndian(length)];
        await link.GetStream().ReadExactlyAsync(message).AsTask().WaitAsync(TimeSpan.FromSeconds(10));
        return Encoding.Latin1.GetString(message);
    }
}

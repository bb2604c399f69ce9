using Ops.Integration.Support;

namespace Ops.Integration.Publishers;

/// <summary>Samples over UDP and TCP, read by Python's msgpack and judged by Ceilometer's own code.</summary>
public sealed class SocketTests : IAsyncLifetime
{
    private readonly Published _published = new();
    private readonly int _port = LoopbackPort.Free();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _published.DisposeAsync();

    [Fact]
    public async Task Each_datagram_is_a_message_that_Ceilometer_verifies()
    {
        using var reader = await ReadAsync(Readers.Udp, "udp.jsonl");
        var publisher = _published.Open($"udp://127.0.0.1:{_port}");
        await _published.PublishAsync(publisher, batches: 20, samples: 5);
        await Published.UntilAsync("all datagrams", () => _published.Volumes("udp.jsonl").Count == 100);
        Assert.Equal(Enumerable.Range(0, 100), _published.Volumes("udp.jsonl"));
        Assert.Equal(100, publisher.Counts.Sent);
        var one = _published.Lines("udp.jsonl")[1];
        Assert.Equal("cumulative", one.GetProperty("counter_type").GetString());
        Assert.Equal("hé'llo", one.GetProperty("resource_metadata").GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_reader_over_tcp_that_was_killed_gets_the_rest_when_it_is_back()
    {
        var publisher = _published.Open($"tcp://127.0.0.1:{_port}?policy=block&timeout=5");
        using (var reader = await ReadAsync(Readers.Tcp, "before.jsonl"))
        {
            await _published.PublishAsync(publisher, batches: 10, samples: 5);
            await Published.UntilAsync("the first 50", () => _published.Volumes("before.jsonl").Count == 50);
            reader.Kill();
        }

        await _published.PublishAsync(publisher, batches: 10, samples: 5);
        await Task.Delay(TimeSpan.FromSeconds(1));
        Assert.Equal((100, 50, 50), (publisher.Counts.Received, publisher.Counts.Sent, publisher.Counts.Queued));
        using var again = await ReadAsync(Readers.Tcp, "after.jsonl");
        await Published.UntilAsync("the rest", () => publisher.Counts.Sent == 100
            && _published.Volumes("after.jsonl").Count >= 50);
        Assert.Equal(Enumerable.Range(50, 50), _published.Volumes("after.jsonl").Distinct());
        Assert.Equal("here", _published.Lines("after.jsonl")[1].GetProperty("publisher_id").GetString());
    }

    private async Task<ChildProcess> ReadAsync(string script, string file)
    {
        var reader = _published.Start(script, file, $"{_port}", Published.Secret, _published.At(file));
        await Published.UntilAsync("the reader to be ready", () => _published.Lines(file).Count > 0);
        return reader;
    }
}

using System.Diagnostics;

namespace Ops.Integration.Publishers;

/// <summary>Targets that hang, are busy or crawl, and a disk that fills up under the spill; each sample is
/// counted.</summary>
public sealed class BadTargetTests : IAsyncLifetime
{
    private readonly Published _published = new();
    private readonly MoodyServer _server = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _published.DisposeAsync();
        _server.Dispose();
    }

    [Theory]
    [InlineData(nameof(Mood.Unavailable))]
    [InlineData(nameof(Mood.Hangs))]
    [InlineData(nameof(Mood.TricklesAByteASecond))]
    public async Task What_came_while_the_target_was_bad_is_spilled_and_sent_later_in_order(string mood)
    {
        _server.Mood = Enum.Parse<Mood>(mood);
        var publisher = _published.Open($"{_server.Place}?policy=spill&max_queue_length=4&timeout=0.5");
        await _published.PublishAsync(publisher, batches: 100, samples: 10);
        await Published.UntilAsync("two tries", () => _server.Requests >= 2);
        var counts = publisher.Counts;
        Assert.Equal((1000, 0, 1000), (counts.Received, counts.Sent, counts.Queued));
        Assert.InRange(counts.Spilled, 940, 960);

        _server.Mood = Mood.Well;
        await Published.UntilAsync("all to be sent", () => publisher.Counts.Sent == 1000);
        Assert.Equal(Enumerable.Range(0, 1000), _server.Volumes);
        Assert.True(publisher.Counts.Balances);
        Assert.Empty(_published.Warnings);
    }

    [Fact]
    public async Task A_publisher_that_hangs_keeps_no_other_from_its_samples()
    {
        _server.Mood = Mood.Hangs;
        using var well = new MoodyServer();
        var hanging = _published.Open($"{_server.Place}?timeout=30&max_queue_length=2");
        var other = _published.Open(well.Place);
        for (var i = 0; i < 10; i++)
        {
            await _published.PublishAsync(hanging, batches: 1, samples: 1);
            await _published.PublishAsync(other, batches: 1, samples: 1);
        }

        await Published.UntilAsync("the other's samples", () => other.Counts.Sent == 10);
        Assert.Equal(0, hanging.Counts.Sent);
        Assert.InRange(hanging.Counts.Dropped["queue_full"], 7, 8);
        Assert.True(hanging.Counts.Balances);
    }

    [Fact]
    public async Task A_disk_that_is_full_at_the_spill_costs_what_it_cannot_take_and_nothing_else()
    {
        var mount = Path.Combine("/mnt", $"ops-spill-{Guid.NewGuid():N}"[..20]);
        Directory.CreateDirectory(mount);
        Assert.Equal(0, await RunAsync("mount", "-t", "tmpfs", "-o", "size=512k", "ops-test", mount));
        try
        {
            _server.Mood = Mood.Unavailable;
            var publisher = _published.Open($"{_server.Place}?policy=spill&max_queue_length=1&timeout=5", mount);
            await _published.PublishAsync(publisher, batches: 300, samples: 100);
            var counts = publisher.Counts;
            var lost = counts.Dropped["disk_full"];
            Assert.True(counts.Balances);
            Assert.InRange(lost, 1000, 29_000);
            Assert.InRange(counts.SpilledBytes, 400_000, 512 << 10);
            var told = Assert.Single(_published.Warnings);
            Assert.StartsWith($"publisher '{_server.Place}' dropped 100 samples so far (disk_full): ", told);

            _server.Mood = Mood.Well;
            await Published.UntilAsync("the rest to be sent", () => publisher.Counts.Queued == 0);
            counts = publisher.Counts;
            Assert.Equal((30_000, 30_000 - lost), (counts.Received, counts.Sent));
            Assert.Equal(counts.Sent, _server.Volumes.Count);
            Assert.Equal(_server.Volumes.Order(), _server.Volumes);
            await _published.PublishAsync(publisher, batches: 1, samples: 5);
            await Published.UntilAsync("new ones to be sent", () => publisher.Counts.Sent == 30_005 - lost);
            await publisher.DisposeAsync();
        }
        finally
        {
            await RunAsync("umount", "-l", mount);
            Directory.Delete(mount);
        }
    }

    private static async Task<int> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}

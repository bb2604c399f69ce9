using Ops.Model;
using Ops.Storage;
using Ops.Storage.Files;
using Ops.Storage.Samples;
using Xunit;

namespace Ops.Unit.Storage;

public sealed class RefusedWritesTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly List<string> _said = [];
    private readonly FakeFile _file = new();
    private readonly Microsoft.Extensions.Time.Testing.FakeTimeProvider _clock = Some.Clock();

    [Fact]
    public async Task A_full_disk_is_said_once_retried_and_over()
    {
        using var duck = Duck();
        var store = Store(duck);
        var series = new SeriesCatalog().Intern("m", "r");
        _file.Refuses = true;

        await store.WriteAsync(series, (0, 1), (1, 2));
        Assert.False(await store.FlushAsync(default));
        Assert.False(await store.FlushAsync(default));
        Assert.Equal("No space left on device", store.Status().LastError);
        Assert.Equal((2, 0, 0, 2), Counts(store));

        _file.Refuses = false;
        Assert.False(await store.FlushAsync(default));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(await store.FlushAsync(default));
        Assert.Null(store.Status().LastError);
        Assert.Equal((2, 2, 0, 0), Counts(store));
        Assert.Equal([1, 2], _file.Written);
        Assert.Equal(
            [
                "the store cannot write to disk, keeps the newest 65536 samples in memory and tries again: "
                + "No space left on device",
                "the store writes to disk again",
            ],
            _said);
    }

    [Fact]
    public async Task While_the_disk_is_full_the_oldest_go_and_memory_is_bounded()
    {
        using var duck = Duck();
        var store = Store(duck);
        var series = new SeriesCatalog().Intern("m", "r");
        _file.Refuses = true;

        for (var i = 0; i < 25; i++)
        {
            await store.WriteAsync(series,
                [.. Enumerable.Range(0, 4096).Select(n => ((double)((i * 4096) + n), (double)((i * 4096) + n)))]);
            var counts = store.Status().Counts;
            Assert.True(counts.Queued <= 65_536);
            Assert.Equal(counts.Received, counts.Stored + counts.Dropped + counts.Queued);
        }

        var (received, stored, dropped, queued) = Counts(store);
        Assert.Equal(102_400, received);
        Assert.Equal(0, stored);
        Assert.Equal(102_400 - queued, dropped);

        _file.Refuses = false;
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await store.FlushAsync(default));
        Assert.Equal(102_399, _file.Written[^1]);
        Assert.Equal(queued, _file.Written.Count);
    }

    [Fact]
    public async Task A_sender_waits_for_a_flush_when_memory_is_full()
    {
        using var duck = Duck();
        var store = Store(duck);
        var series = new SeriesCatalog().Intern("m", "r");

        for (var i = 0; i < 20; i++)
        {
            await store.WriteAsync(series, [.. Enumerable.Range(0, 4096).Select(n => ((double)n, (double)n))]);
        }

        var counts = store.Status().Counts;
        Assert.Equal(0, counts.Dropped);
        Assert.True(counts.Stored > 0);
        Assert.Equal(81_920, counts.Stored + counts.Queued);
    }

    public void Dispose() => _folder.Dispose();

    private static (long, long, long, long) Counts(SampleStore store)
    {
        var counts = store.Status().Counts;
        return (counts.Received, counts.Stored, counts.Dropped, counts.Queued);
    }

    private DuckFile Duck() => DuckFile.Open(_folder.File("x.duckdb"), new StoreOptions(), _clock, _said.Add);

    private SampleStore Store(DuckFile duck) => new(
        new SeriesRegistry(), _file, duck, new SemaphoreSlim(1), new StoreOptions { QueuedRowsMax = 65_536 }, _clock,
            _said.Add);

    private sealed class FakeFile : ISampleFile
    {
        public bool Refuses { get; set; }

        public List<double> Written { get; } = [];

        public void Write(IReadOnlyList<SampleColumns> columns, IReadOnlyList<StoredSeries> series, int hour)
        {
            if (Refuses)
            {
                throw new IOException("No space left on device");
            }

            foreach (var column in columns)
            {
                Written.AddRange(column.Values);
            }
        }

        public void Recover()
        {
        }
    }
}

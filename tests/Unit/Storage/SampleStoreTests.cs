using Ops.Model;
using Ops.Storage;
using Xunit;

namespace Ops.Unit.Storage;

public sealed class SampleStoreTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task What_was_just_written_is_seen_by_a_query()
    {
        await Some.InStoreAsync(_folder, async (store, catalog) =>
        {
            await store.Samples.WriteAsync(catalog.Intern("cpu_util", "host-1"), (0, 1), (1, 2), (2, 3));

            var answer = Assert.Single(await store.Samples.RangeAsync(Raw("cpu_util"), default));

            Assert.Equal([1, 2, 3], answer.Points.Select(point => point.Value));
            Assert.Equal(Some.Time(1), answer.Points[1].At);
        });
    }

    [Fact]
    public async Task Series_and_their_newest_values_are_back_after_reopening()
    {
        var context = new SampleContext
        {
            Kind = MeterKind.Cumulative, Unit = "B", ProjectId = "p1", UserId = "u1", ResourceType = "service",
            ResourceName = "nginx", Metadata = new Dictionary<string,
                object?> { ["a"] = 1L, ["b"] = new List<object?> { "x", null } },
        };
        await Some.InStoreAsync(_folder, async (store, catalog) =>
            await store.Samples.WriteAsync(
                catalog.Intern("disk.bytes", "r1", Tags.Of(("disk", "sda"))), context, (0, 5), (10, 7)));

        await Some.InStoreAsync(_folder, async (store, catalog) =>
        {
            var series = Assert.Single(await store.Samples.SeriesAsync("disk.bytes", "r1", default));
            Assert.Equal(
                "service nginx B 7", $"{series.ResourceType} {series.ResourceName} {series.Unit} {series.Last}");
            Assert.Equal(Some.Time(10), series.LastAt);
            Assert.Equal("sda", series.Dimensions["disk"]);
            Assert.Equal(new MeterView("disk.bytes", "cumulative", "B", 1),
                Assert.Single(await store.Samples.MetersAsync(default)));
            Assert.Equal(1, catalog.Count);

            await store.Samples.WriteAsync(catalog[0], context, (20, 9));
            var answer = Assert.Single(await store.Samples.RangeAsync(Raw("disk.bytes"), default));
            Assert.Equal([5, 7, 9], answer.Points.Select(point => point.Value));
        });
    }

    [Fact]
    public async Task The_last_written_of_one_time_wins_and_late_samples_are_put_in_order()
    {
        await Some.InStoreAsync(_folder, async (store, catalog) =>
        {
            var series = catalog.Intern("m", "r");
            await store.Samples.WriteAsync(series, (2, 20), (1, 10), (2, 21));
            await store.Samples.FlushAsync(default);
            await store.Samples.WriteAsync(series, (1, 11), (3, 30));

            var answer = Assert.Single(await store.Samples.RangeAsync(Raw("m"), default));

            Assert.Equal([11, 21, 30], answer.Points.Select(point => point.Value));
        });
    }

    [Theory]
    [InlineData("mean", 2, 4.5)]
    [InlineData("min", 1, 4)]
    [InlineData("max", 3, 5)]
    [InlineData("sum", 6, 9)]
    [InlineData("count", 3, 2)]
    [InlineData("first", 1, 4)]
    [InlineData("last", 2, 5)]
    public async Task Buckets_are_aligned_to_the_epoch(string aggregate, double first, double second)
    {
        await Some.InStoreAsync(_folder, async (store, catalog) =>
        {
            await store.Samples.WriteAsync(
                catalog.Intern("m", "r"), (0, 1), (3, 3), (9.999, 2), (10, 4), (11, 5), (20, 6));

            var answer = Assert.Single(await store.Samples.RangeAsync(
                Raw("m") with { Every = TimeSpan.FromSeconds(10), Aggregate = aggregate, To = Some.Time(20) },
                    default));

            Assert.Equal([new PointView(Some.Time(0), first), new PointView(Some.Time(10), second)], answer.Points);
        });
    }

    [Fact]
    public async Task Only_the_asked_resource_is_returned_and_no_more_series_than_asked()
    {
        await Some.InStoreAsync(_folder, async (store, catalog) =>
        {
            foreach (var resource in new[] { "b", "a", "c" })
            {
                await store.Samples.WriteAsync(catalog.Intern("m", resource), (0, 1));
            }

            Assert.Equal("b", Assert.Single(
                await store.Samples.RangeAsync(Raw("m") with { ResourceId = "b" }, default)).Series.ResourceId);
            var two = await store.Samples.RangeAsync(Raw("m") with { SeriesMax = 2 }, default);
            Assert.Equal(["a", "b"], two.Select(answer => answer.Series.ResourceId));
        });
    }

    [Fact]
    public async Task A_changed_context_is_kept_and_the_last_one_holds()
    {
        await Some.InStoreAsync(_folder, async (store, catalog) =>
        {
            var series = catalog.Intern("m", "r");
            await store.Samples.WriteAsync(series, new SampleContext { Unit = "B" }, (0, 1));
            await store.Samples.FlushAsync(default);
            await store.Samples.WriteAsync(series, new SampleContext { Unit = "kB" }, (1, 1));
        });
        await Some.InStoreAsync(_folder, async (store, _) =>
            Assert.Equal("kB", Assert.Single(await store.Samples.SeriesAsync(null, null, default)).Unit));
    }

    [Fact]
    public async Task An_unknown_aggregate_is_refused_with_the_nearest_name()
    {
        await Some.InStoreAsync(_folder, async (store, _) =>
        {
            var fault = await Assert.ThrowsAsync<ArgumentException>(
                () => store.Samples.RangeAsync(Raw("m") with { Aggregate = "mea" }, default));
            Assert.Equal(
                "aggregate must be one of mean, min, max, sum, count, last, first, found 'mea'. Did you mean 'mean'?",
                fault.Message);
        });
    }

    [Fact]
    public async Task More_buckets_than_the_limit_are_refused()
    {
        await Some.InStoreAsync(_folder, async (store, _) =>
        {
            var fault = await Assert.ThrowsAsync<QueryLimitException>(() => store.Samples.RangeAsync(
                Raw("m") with { Every = TimeSpan.FromMilliseconds(1), From = Some.Time(0), To = Some.Time(1000) },
                    default));
            Assert.Equal(
                "query asks for more than 100000 buckets; ask for a shorter time range, wider groups or fewer series",
                fault.Message);
        });
    }

    [Fact]
    public async Task Received_is_stored_plus_dropped_plus_queued()
    {
        await Some.InStoreAsync(_folder, async (store, catalog) =>
        {
            var series = catalog.Intern("m", "r");
            await store.Samples.WriteAsync(series, (0, 1), (1, double.NaN), (2, double.PositiveInfinity), (3, 4));
            Assert.Equal((4, 0, 2, 2), Counts(store));
            await store.Samples.FlushAsync(default);
            Assert.Equal((4, 2, 2, 0), Counts(store));
            Assert.Equal((1, null), (store.Samples.Status().Series, store.Samples.Status().LastError));
        });
    }

    [Fact]
    public async Task A_flush_comes_by_itself_after_the_interval()
    {
        var clock = Some.Clock();
        await Some.InStoreAsync(
            _folder,
            async (store, catalog) =>
            {
                using var stop = new CancellationTokenSource();
                var running = store.RunAsync(stop.Token);
                await store.Samples.WriteAsync(catalog.Intern("m", "r"), (0, 1));
                for (var turn = 0; turn < 5000 && store.Samples.Status().Counts.Stored == 0; turn++)
                {
                    clock.Advance(TimeSpan.FromSeconds(1));
                    await Task.Delay(1);
                }

                Assert.Equal(1, store.Samples.Status().Counts.Stored);
                await stop.CancelAsync();
                await running;
            },
            clock);
    }

    public void Dispose() => _folder.Dispose();

    private static RangeRequest Raw(string meter) =>
        new() { Meter = meter, From = Some.Time(-1000), To = Some.Time(1000) };

    private static (long, long, long, long) Counts(Store store)
    {
        var counts = store.Samples.Status().Counts;
        return (counts.Received, counts.Stored, counts.Dropped, counts.Queued);
    }
}

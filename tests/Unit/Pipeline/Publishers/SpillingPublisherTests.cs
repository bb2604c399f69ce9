using CsCheck;
using Ops.Model;
using Ops.Pipeline;
using Ops.Pipeline.Configuration;
using Ops.Pipeline.Publishers;
using Ops.Pipeline.Publishers.Spill;
using Xunit;

namespace Ops.Unit.Pipeline.Publishers;

public sealed class SpillingPublisherTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ops-spilling-").FullName;
    private readonly SeriesCatalog _catalog = new();
    private readonly List<string> _warnings = [];

    [Fact]
    public async Task What_memory_has_no_room_for_is_sent_later_in_order()
    {
        var target = new SwitchedTarget();
        var publisher = Publisher(target, new QueueOptions { Policy = FullQueuePolicy.Spill, Batches = 2 });
        await Publish(publisher, 0, 10);
        await target.Attempted();
        Assert.Equal(10, publisher.Counts.Queued);
        Assert.InRange(publisher.Counts.Spilled, 7, 8);
        Assert.True(publisher.Counts.SpilledBytes > 0);
        target.IsUp = true;
        await Until(() => publisher.Counts.Sent == 10);
        Assert.Equal(Enumerable.Range(0, 10).Select(i => (double)i), target.Volumes);
        Assert.Equal((0, 0), (publisher.Counts.Spilled, publisher.Counts.Queued));
        await publisher.DisposeAsync();
        Assert.Empty(_warnings);
    }

    [Fact]
    public async Task What_was_not_sent_is_sent_first_after_a_restart()
    {
        var target = new SwitchedTarget();
        var before = Publisher(target, Spilling(batches: 3));
        await Publish(before, 0, 8);
        await target.Attempted();
        await before.DisposeAsync();
        Assert.Equal((8, 0, 8), (before.Counts.Received, before.Counts.Sent, before.Counts.Queued));

        target = new SwitchedTarget { IsUp = true };
        var after = Publisher(target, Spilling(batches: 3));
        await Publish(after, 8, 2);
        await Until(() => after.Counts.Sent == 10);
        Assert.Equal(Enumerable.Range(0, 10).Select(i => (double)i), target.Volumes);
        Assert.Equal(10, after.Counts.Received);
        await after.DisposeAsync();
        Assert.Empty(_warnings);
    }

    [Fact]
    public async Task A_spill_that_reached_its_limit_drops_the_new()
    {
        var publisher = Publisher(new SwitchedTarget(), Spilling(batches: 1), spillBytesMax: 600);
        await Publish(publisher, 0, 30);
        var counts = publisher.Counts;
        Assert.True(counts.Balances);
        Assert.True(counts.Dropped["spill_full"] > 10);
        Assert.StartsWith("publisher 'x://y' dropped 1 samples so far (spill_full): its spill has reached ",
            _warnings[0]);
        await publisher.DisposeAsync();
        Assert.True(publisher.Counts.Balances);
    }

    [Fact]
    public async Task Records_that_are_damaged_are_counted_as_such()
    {
        var publisher = Publisher(new SwitchedTarget(), Spilling(batches: 1));
        await Publish(publisher, 0, 5);
        await publisher.DisposeAsync();
        var queue = SpillQueue.TryOpen(_folder, 1 << 20)!;
        var record = queue.Peek(out var items, out _)!;
        queue.Remove(record.Length, items);
        Assert.Equal(SpillOutcome.Written, queue.Append("of a later version"u8, 3));
        queue.Dispose();

        var target = new SwitchedTarget { IsUp = true };
        var again = Publisher(target, Spilling(batches: 1));
        await Until(() => again.Counts.Queued == 0);
        Assert.Equal(7, again.Counts.Received);
        Assert.Equal(3, again.Counts.Dropped["spill_damaged"]);
        Assert.Equal([1.0, 2, 3, 4], target.Volumes);
        await again.DisposeAsync();
    }

    [Fact]
    public async Task A_catalogue_spills_below_its_folder_or_says_that_it_has_none()
    {
        var store = new FakeStore();
        var none = PublisherCatalog.BuiltIn(store, TimeProvider.System);
        Assert.False(none.TryOpen("http://127.0.0.1:1/?policy=spill", out _, out var problem));
        Assert.Equal("policy 'spill' needs a data folder, and there is none", problem);

        var some = PublisherCatalog.BuiltIn(
            store, new PublisherCatalogOptions { SpillFolder = _folder, Series = _catalog });
        Assert.True(some.TryOpen("http://u:p@127.0.0.1:1/?policy=spill&x=1", out var publisher, out problem), problem);
        var folder = Assert.Single(Directory.GetDirectories(_folder));
        Assert.Matches("^[0-9a-f]{24}$", Path.GetFileName(folder));
        await publisher.DisposeAsync();
        Assert.True(some.TryOpen("http://u:new@127.0.0.1:1/?x=1&timeout=7&policy=spill", out publisher, out problem));
        Assert.Equal([folder], Directory.GetDirectories(_folder));
        await publisher.DisposeAsync();
        Assert.True(some.TryOpen("http://127.0.0.1:1/?x=2&policy=spill", out publisher, out problem));
        Assert.Equal(2, Directory.GetDirectories(_folder).Length);
        await publisher.DisposeAsync();
    }

    [Fact]
    public async Task A_successor_waits_until_its_predecessor_has_spilled_the_rest_and_keeps_the_order()
    {
        var before = Publisher(new SwitchedTarget(), Spilling(batches: 3));
        await Publish(before, 0, 6);
        var target = new SwitchedTarget { IsUp = true };
        var after = Publisher(target, Spilling(batches: 3));
        await Publish(after, 6, 3);
        await Task.Delay(50);
        Assert.Equal((3, 0), (after.Counts.Received, after.Counts.Sent));
        await before.DisposeAsync();
        await Until(() => after.Counts.Sent == 9);
        Assert.Equal(Enumerable.Range(0, 9).Select(i => (double)i), target.Volumes);
        Assert.True(after.Counts.Balances);
        await after.DisposeAsync();
        Assert.Empty(_warnings);
    }

    [Fact]
    public async Task A_failure_that_came_of_the_stop_itself_keeps_the_batch()
    {
        var publisher = Publisher(new FailsWhenStopped(), Spilling(batches: 3));
        await Publish(publisher, 0, 2);
        await publisher.DisposeAsync();
        Assert.Equal((2, 2), (publisher.Counts.Received, publisher.Counts.Queued));
        Assert.Empty(_warnings);
    }

    [Fact]
    public async Task A_reload_with_other_limits_hands_the_spill_over()
    {
        var target = new SwitchedTarget();
        var quick = new QueueOptions
        {
            Batches = 2, RetryDelay = TimeSpan.FromMilliseconds(1), DrainTime = TimeSpan.Zero,
        };
        var options = new PublisherCatalogOptions { SpillFolder = _folder, Series = _catalog, Warn = _warnings.Add };
        var publishers = new PublisherCatalog(options).WithQueued("test", _ => target, quick);
        await using var pipeline = new SamplePipeline(Config("test://a?policy=spill"), _catalog, publishers);
        using var stop = new CancellationTokenSource();
        var running = pipeline.RunAsync(stop.Token);
        for (var i = 0; i < 20; i++)
        {
            if (i == 10)
            {
                await Until(() => pipeline.Counts.Received == 10);
                pipeline.Reload(Config("test://a?policy=spill&timeout=9"));
            }

            using var batch = Some.Batch(_catalog.Sample("m", i));
            await pipeline.AcceptAsync(batch, default);
        }

        target.IsUp = true;
        await Until(() => target.Volumes.Count == 20);
        await Until(() => pipeline.PublisherStates is [{ Counts.Queued: 0 }]);
        Assert.Equal(Enumerable.Range(0, 20).Select(i => (double)i), target.Volumes);
        await stop.CancelAsync();
        await running;
        Assert.Empty(_warnings);
    }

    [Fact]
    public async Task What_lies_on_disk_at_any_moment_is_whole_for_who_starts_from_it()
    {
        var publisher = Publisher(new SwitchedTarget(), Spilling(batches: 1));
        var publishing = Task.Run(() => Publish(publisher, 0, 3000));
        for (var i = 0; i < 5; i++)
        {
            await Task.Delay(10);
            var copy = Directory.CreateTempSubdirectory("ops-copy-").FullName;
            foreach (var path in Directory.GetFiles(_folder, "*.spill"))
            {
                File.Copy(path, Path.Combine(copy, Path.GetFileName(path)));
            }

            var target = new SwitchedTarget { IsUp = true };
            var again = new QueuedPublisher(
                "x://y", target, Spilling(1), TimeProvider.System, null, new SpillSource(copy, 1 << 20), _catalog);
            await Until(() => again.Counts.Queued == 0);
            Assert.Equal(again.Counts.Received, again.Counts.Sent);
            Assert.Equal(target.Volumes.Order(), target.Volumes);
            Assert.Equal(target.Volumes.Count, target.Volumes.Distinct().Count());
            await again.DisposeAsync();
            Directory.Delete(copy, recursive: true);
        }

        await publishing;
        await publisher.DisposeAsync();
    }

    [Fact]
    public async Task Whatever_the_target_does_the_numbers_add_up_at_every_instant()
    {
        var gen = Gen.Select(Gen.Int[0, 3].Array[1, 40], Gen.Int[1, 4], Gen.Enum<FullQueuePolicy>(), Gen.Int[-1, 2]);
        await gen.SampleAsync(
            async (script, batches, policy, retries) =>
            {
                var folder = Path.Combine(_folder, Guid.NewGuid().ToString("N"));
                using var watched = new CancellationTokenSource();
                var options = new QueueOptions
                {
                    Policy = policy, Batches = batches, RetriesMax = retries,
                    RetryDelay = TimeSpan.FromMilliseconds(1), DrainTime = TimeSpan.FromMilliseconds(5),
                    AttemptTimeout = TimeSpan.FromMilliseconds(20),
                };
                var spill = policy == FullQueuePolicy.Spill ? new SpillSource(folder, 2000) : null;
                var publisher = new QueuedPublisher(
                    "x://y", new ScriptedFaults(script), options, TimeProvider.System, null, spill, _catalog);
                var watch = Task.Run(() =>
                {
                    while (!watched.IsCancellationRequested)
                    {
                        Assert.True(publisher.Counts.Balances);
                    }
                });
                using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(30));
                for (var i = 0; i < script.Length; i++)
                {
                    using var batch = Some.Batch(
                        [.. Enumerable.Range(0, 1 + (i % 3)).Select(n => _catalog.Sample("m", n))]);
                    await publisher.PublishAsync(batch, patience.Token);
                }

                await publisher.DisposeAsync();
                await watched.CancelAsync();
                await watch;
                var counts = publisher.Counts;
                Assert.True(counts.Balances);
                Assert.Equal(Enumerable.Range(0, script.Length).Sum(i => 1 + (i % 3)), counts.Received);
                Assert.True(policy == FullQueuePolicy.Spill || counts.Queued == 0);
            },
            iter: 40);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static PipelineConfig Config(string address) => Some.Config(
        $"{{sources: [{{name: s, meters: ['*'], sinks: [k]}}], sinks: [{{name: k, publishers: ['{address}']}}]}}");

    private static QueueOptions Spilling(int batches) => new()
    {
        Policy = FullQueuePolicy.Spill, Batches = batches, RetriesMax = -1,
        RetryDelay = TimeSpan.FromMilliseconds(1), DrainTime = TimeSpan.Zero,
    };

    private static async Task Until(Func<bool> holds)
    {
        for (var i = 0; i < 2000 && !holds(); i++)
        {
            await Task.Delay(5);
        }

        Assert.True(holds());
    }

    private async Task Publish(QueuedPublisher publisher, int first, int count)
    {
        for (var i = first; i < first + count; i++)
        {
            using var batch = Some.Batch(_catalog.Sample("m", i));
            await publisher.PublishAsync(batch, default);
        }
    }

    private QueuedPublisher Publisher(IPublisherTarget target, QueueOptions options, long spillBytesMax = 1 << 20) =>
        new(
            "x://y",
            target,
            options with { RetriesMax = -1, RetryDelay = TimeSpan.FromMilliseconds(1), SpillBytesMax = spillBytesMax },
            TimeProvider.System,
            _warnings.Add,
            new SpillSource(_folder, spillBytesMax, _warnings.Add),
            _catalog);

    /// <summary>A target that is down until it is switched on.</summary>
    private sealed class SwitchedTarget : IPublisherTarget
    {
        private readonly TaskCompletionSource _attempted = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public volatile bool IsUp;

        public List<double> Volumes { get; } = [];

        public Task Attempted() => _attempted.Task.WaitAsync(TimeSpan.FromSeconds(10));

        public ValueTask<PublishResult> SendAsync(SampleBatch batch, CancellationToken cancellationToken)
        {
            _attempted.TrySetResult();
            if (!IsUp)
            {
                return ValueTask.FromResult(PublishResult.Passing("down"));
            }

            foreach (ref readonly var sample in batch.Items)
            {
                Volumes.Add(sample.Volume);
            }

            return ValueTask.FromResult(PublishResult.Sent);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    /// <summary>A target that hangs, and calls its end a failure.</summary>
    private sealed class FailsWhenStopped : IPublisherTarget
    {
        public async ValueTask<PublishResult> SendAsync(SampleBatch batch, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return PublishResult.Passing("cut off");
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    /// <summary>A target that takes, fails, refuses or hangs by script.</summary>
    private sealed class ScriptedFaults(int[] script) : IPublisherTarget
    {
        private int _next;

        public async ValueTask<PublishResult> SendAsync(SampleBatch batch, CancellationToken cancellationToken)
        {
            switch (script[_next++ % script.Length])
            {
                case 0: return PublishResult.Sent;
                case 1: return PublishResult.Passing("busy");
                case 2: return batch.Count > 1 ? PublishResult.SentBut(1, "one") : PublishResult.Refused("no");
                default:
                    await Task.Delay(Timeout.Infinite, cancellationToken);
                    return PublishResult.Sent;
            }
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

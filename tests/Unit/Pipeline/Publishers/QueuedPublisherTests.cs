using Microsoft.Extensions.Time.Testing;
using Ops.Model;
using Ops.Pipeline.Publishers;
using Xunit;

namespace Ops.Unit.Pipeline.Publishers;

public sealed class QueuedPublisherTests
{
    private readonly SeriesCatalog _catalog = new();
    private readonly ScriptedTarget _target = new();
    private readonly List<string> _warnings = [];

    [Fact]
    public async Task What_is_taken_is_sent()
    {
        var publisher = Publisher(new QueueOptions());
        await publisher.PublishAsync(Batch(3), default);
        await publisher.DisposeAsync();
        Assert.Equal((3, 3, 0), Numbers(publisher));
        Assert.Equal([3], _target.Attempts);
        Assert.Empty(_warnings);
    }

    [Fact]
    public async Task A_passing_failure_is_tried_again_with_growing_waits()
    {
        var time = new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.Zero };
        _target.Then(PublishResult.Passing("busy"), PublishResult.Passing("busy"), PublishResult.Sent);
        var publisher = Publisher(new QueueOptions { RetryDelay = TimeSpan.FromSeconds(1) }, time);
        await publisher.PublishAsync(Batch(2), default);
        await _target.Attempted(1);
        await Advance(time, () => _target.Attempts.Count == 2);
        await Advance(time, () => _target.Attempts.Count == 3);
        await publisher.DisposeAsync();
        Assert.Equal((2, 2, 0), Numbers(publisher));
    }

    [Fact]
    public async Task A_failure_that_stays_drops_the_batch_as_failed()
    {
        _target.Then(PublishResult.Passing("busy"), PublishResult.Passing("down"));
        var publisher = Publisher(new QueueOptions { RetriesMax = 1, RetryDelay = TimeSpan.Zero });
        await publisher.PublishAsync(Batch(2), default);
        await publisher.DisposeAsync();
        Assert.Equal(2, publisher.Counts.Dropped["failed"]);
        Assert.True(publisher.Counts.Balances);
        Assert.Equal(["publisher 'x://y' dropped 2 samples so far (failed): down"], _warnings);
    }

    [Fact]
    public async Task A_refusal_is_not_tried_again()
    {
        _target.Then(PublishResult.Refused("answered 400"));
        var publisher = Publisher(new QueueOptions { RetriesMax = 5 });
        await publisher.PublishAsync(Batch(2), default);
        await publisher.PublishAsync(Batch(1), default);
        await publisher.DisposeAsync();
        Assert.Equal([2, 1], _target.Attempts);
        Assert.Equal((3, 1, 0), Numbers(publisher));
        Assert.Equal(2, publisher.Counts.Dropped["refused"]);
    }

    [Fact]
    public async Task What_a_target_would_not_take_of_a_batch_counts_as_refused()
    {
        _target.Then(PublishResult.SentBut(2, "2 lines are too long"));
        var publisher = Publisher(new QueueOptions());
        await publisher.PublishAsync(Batch(5), default);
        await publisher.DisposeAsync();
        Assert.Equal((5, 3, 0), Numbers(publisher));
        Assert.Equal(["publisher 'x://y' dropped 2 samples so far (refused): 2 lines are too long"], _warnings);
    }

    [Fact]
    public async Task A_target_that_hangs_is_cut_off()
    {
        _target.Hangs = true;
        var publisher = Publisher(
            new QueueOptions { AttemptTimeout = TimeSpan.FromMilliseconds(20), RetriesMax = 0 });
        await publisher.PublishAsync(Batch(2), default);
        await publisher.DisposeAsync();
        Assert.Equal(["publisher 'x://y' dropped 2 samples so far (failed): not done within 0.02 s"], _warnings);
    }

    [Fact]
    public async Task A_target_may_ask_to_be_left_alone_for_a_while()
    {
        var time = new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.Zero };
        _target.Then(PublishResult.Passing("busy", TimeSpan.FromSeconds(90)), PublishResult.Sent);
        var publisher = Publisher(new QueueOptions(), time);
        await publisher.PublishAsync(Batch(1), default);
        await _target.Attempted(1);
        await Task.Delay(20);
        time.Advance(TimeSpan.FromSeconds(89));
        await Task.Delay(20);
        Assert.Single(_target.Attempts);
        await Advance(time, () => _target.Attempts.Count == 2);
        await publisher.DisposeAsync();
    }

    [Fact]
    public async Task With_retries_for_ever_it_never_gives_up()
    {
        _target.Then([.. Enumerable.Repeat(PublishResult.Passing("down"), 50)]);
        var publisher = Publisher(new QueueOptions { RetriesMax = -1, RetryDelay = TimeSpan.Zero });
        await publisher.PublishAsync(Batch(1), default);
        await publisher.DisposeAsync();
        Assert.Equal((1, 1, 0), Numbers(publisher));
        Assert.Equal(51, _target.Attempts.Count);
    }

    [Fact]
    public async Task An_exception_of_the_target_is_a_passing_failure()
    {
        _target.Throws = true;
        var publisher = Publisher(new QueueOptions { RetriesMax = 0 });
        await publisher.PublishAsync(Batch(1), default);
        await publisher.DisposeAsync();
        Assert.Equal(["publisher 'x://y' dropped 1 samples so far (failed): it broke"], _warnings);
    }

    [Fact]
    public async Task A_full_queue_forgets_the_oldest()
    {
        _target.Hangs = true;
        var publisher = Publisher(new QueueOptions { Batches = 2, DrainTime = TimeSpan.Zero });
        await publisher.PublishAsync(Batch(1), default);
        await _target.Attempted(1);
        foreach (var size in new[] { 10, 20, 30, 40 })
        {
            await publisher.PublishAsync(Batch(size), default);
        }

        Assert.Equal((101, 0, 71), Numbers(publisher));
        Assert.Equal(30, publisher.Counts.Dropped["queue_full"]);
        await publisher.DisposeAsync();
        Assert.Equal((101, 0, 0), Numbers(publisher));
        Assert.Equal(71, publisher.Counts.Dropped["stopped"]);
        Assert.True(publisher.Counts.Balances);
    }

    [Fact]
    public async Task With_the_policy_block_the_sender_waits()
    {
        _target.Hangs = true;
        var publisher = Publisher(
            new QueueOptions { Batches = 1, Policy = FullQueuePolicy.Block, DrainTime = TimeSpan.Zero });
        await publisher.PublishAsync(Batch(1), default);
        await _target.Attempted(1);
        await publisher.PublishAsync(Batch(1), default);
        using var cancel = new CancellationTokenSource();
        var third = publisher.PublishAsync(Batch(1), cancel.Token).AsTask();
        Assert.False(third.IsCompleted);
        await cancel.CancelAsync();
        await third;
        Assert.Equal(1, publisher.Counts.Dropped["stopped"]);
        Assert.True(publisher.Counts.Balances);
        await publisher.DisposeAsync();
    }

    [Fact]
    public async Task After_its_end_it_drops()
    {
        var publisher = Publisher(new QueueOptions());
        await publisher.DisposeAsync();
        await publisher.DisposeAsync();
        await publisher.PublishAsync(Batch(4), default);
        Assert.Equal(4, publisher.Counts.Dropped["stopped"]);
    }

    private static async Task Advance(FakeTimeProvider time, Func<bool> done)
    {
        for (var i = 0; i < 1000 && !done(); i++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1);
        }

        Assert.True(done());
    }

    private static (long Received, long Sent, long Queued) Numbers(IPublisher publisher) =>
        (publisher.Counts.Received, publisher.Counts.Sent, publisher.Counts.Queued);

    private SampleBatch Batch(int count) =>
        Some.Batch([.. Enumerable.Range(0, count).Select(i => _catalog.Sample("m", i))]);

    private QueuedPublisher Publisher(QueueOptions options, TimeProvider? time = null) =>
        new("x://y", _target, options, time ?? TimeProvider.System, _warnings.Add);

    private sealed class ScriptedTarget : IPublisherTarget
    {
        private readonly Queue<PublishResult> _results = [];
        private readonly SemaphoreSlim _attempted = new(0);

        public List<int> Attempts { get; } = [];

        public bool Hangs { get; set; }

        public bool Throws { get; set; }

        public void Then(params PublishResult[] results) => Array.ForEach(results, _results.Enqueue);

        public async ValueTask<PublishResult> SendAsync(SampleBatch batch, CancellationToken cancellationToken)
        {
            Attempts.Add(batch.Count);
            _attempted.Release();
            if (Hangs)
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            return Throws ? throw new InvalidOperationException("it broke")
                : _results.TryDequeue(out var result) ? result : PublishResult.Sent;
        }

        public async Task Attempted(int count)
        {
            for (var i = 0; i < count; i++)
            {
                Assert.True(await _attempted.WaitAsync(TimeSpan.FromSeconds(10)));
            }
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

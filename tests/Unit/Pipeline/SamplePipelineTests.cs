using Ops.Model;
using Ops.Pipeline;
using Ops.Pipeline.Publishers;
using Xunit;

namespace Ops.Unit.Pipeline;

public sealed class SamplePipelineTests
{
    private const string ToStore =
        "sources: [{name: s, meters: ['*'], sinks: [k]}]\nsinks: [{name: k, publishers: [store]}]";

    private const string Both =
        "sources: [{name: s, meters: ['*'], sinks: [k]}]\nsinks: [{name: k, publishers: [\"hang://a\", store]}]";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly SeriesCatalog _catalog = new();
    private readonly FakeStore _store = new();
    private readonly List<string> _warnings = [];

    [Fact]
    public async Task A_batch_reaches_the_store_and_may_be_reused_by_its_owner()
    {
        await using var pipeline = Pipeline(ToStore);
        using var stop = new CancellationTokenSource();
        var running = pipeline.RunAsync(stop.Token);
        using var batch = Some.Batch(_catalog.Sample("a", 1), _catalog.Sample("b", 2));
        await pipeline.AcceptAsync(batch, default);
        batch.Clear();
        batch.Add(_catalog.Sample("c", 3));
        await pipeline.AcceptAsync(batch, default);
        await stop.CancelAsync();
        await running;
        Assert.Equal([2, 1], _store.Batches);
        Assert.Equal([1.0, 2, 3], _store.Volumes);
        Assert.Equal((3, 3), (pipeline.Counts.Received, pipeline.Counts.Published));
        Assert.Equal(3, Assert.Single(pipeline.Publishers).Counts.Sent);
        var state = Assert.Single(pipeline.PublisherStates);
        Assert.Equal(("store://", 3, 3), (state.Address, state.Counts.Received, state.Counts.Sent));
        await Assert.ThrowsAsync<OperationCanceledException>(async () => await pipeline.AcceptAsync(batch, default));
    }

    [Fact]
    public async Task A_full_queue_makes_the_sender_wait()
    {
        var options = new SamplePipelineOptions { QueuedBatches = 2, Warn = _warnings.Add };
        await using var pipeline = new SamplePipeline(
            Some.Config(ToStore),
            _catalog, Catalog(), options);
        using var batch = Some.Batch(_catalog.Sample("a", 1));
        await pipeline.AcceptAsync(batch, default);
        await pipeline.AcceptAsync(batch, default);
        var third = pipeline.AcceptAsync(batch, default).AsTask();
        Assert.False(third.IsCompleted);
        Assert.Equal(2, pipeline.Queued);
        using var stop = new CancellationTokenSource();
        var running = pipeline.RunAsync(stop.Token);
        await third.WaitAsync(Patience);
        await stop.CancelAsync();
        await running;
        Assert.Equal(3, _store.Volumes.Count);
    }

    [Fact]
    public async Task A_publisher_that_hangs_does_not_stop_the_others()
    {
        var catalog = Catalog().With("hang", address => new QueuedPublisher(
            address.Text, new HangingTarget(), new QueueOptions { Batches = 2, DrainTime = TimeSpan.Zero },
            TimeProvider.System, _warnings.Add));
        var pipeline = new SamplePipeline(
            PipelineConfigOf(Both, "hang"), _catalog, catalog, new SamplePipelineOptions { Warn = _warnings.Add });
        using var stop = new CancellationTokenSource();
        var running = pipeline.RunAsync(stop.Token);
        using var batch = Some.Batch(_catalog.Sample("a", 1));
        for (var i = 0; i < 20; i++)
        {
            await pipeline.AcceptAsync(batch, default);
        }

        await stop.CancelAsync();
        await running.WaitAsync(Patience);
        Assert.Equal(20, _store.Volumes.Count);
        var hung = pipeline.Publishers.Single(publisher => publisher is QueuedPublisher);
        Assert.Equal((20, 0), (hung.Counts.Received, hung.Counts.Sent));
        Assert.True(hung.Counts.Balances);
        await pipeline.DisposeAsync();
        Assert.Equal(20, hung.Counts.Dropped.Values.Sum());
        Assert.True(hung.Counts.Balances);
    }

    [Fact]
    public async Task A_store_that_throws_loses_the_batch_and_the_pipeline_goes_on()
    {
        await using var pipeline = Pipeline(ToStore);
        using var stop = new CancellationTokenSource();
        var running = pipeline.RunAsync(stop.Token);
        using var batch = Some.Batch(_catalog.Sample("a", 1));
        _store.FailOnce = new IOException("disk is full");
        await pipeline.AcceptAsync(batch, default);
        await pipeline.AcceptAsync(batch, default);
        await stop.CancelAsync();
        await running;
        var counts = Assert.Single(pipeline.Publishers).Counts;
        Assert.Equal((2, 1, 1), (counts.Received, counts.Sent, counts.Dropped["failed"]));
        Assert.Equal(["publisher 'store://' dropped 1 samples so far (failed): disk is full"], _warnings);
    }

    [Fact]
    public async Task A_reload_takes_effect_at_the_next_batch_and_closes_what_is_no_longer_wanted()
    {
        await using var pipeline = Pipeline(
            "sources: [{name: s, meters: ['*'], sinks: [k]}]\nsinks: [{name: k, publishers: [store, test]}]");
        var test = (TestPublisher)pipeline.Publishers.Single(publisher => publisher is TestPublisher);
        using var stop = new CancellationTokenSource();
        var running = pipeline.RunAsync(stop.Token);
        using var batch = Some.Batch(_catalog.Sample("a", 1), _catalog.Sample("b", 2));
        await pipeline.AcceptAsync(batch, default);
        await _store.Seen(2);
        pipeline.Reload(Some.Config(ToStore.Replace("'*'", "b")));
        Assert.Equal(["b"], pipeline.Config.Sources.Select(source => source.Meters.Takes("a") ? "a" : "b"));
        await pipeline.AcceptAsync(batch, default);
        await stop.CancelAsync();
        await running;
        Assert.Equal([1.0, 2, 2], _store.Volumes);
        Assert.Equal([1.0, 2], test.Samples.Select(sample => sample.Volume));
        Assert.Equal(["store://"], pipeline.Publishers.Select(publisher => publisher.Address));
        Assert.Equal((4, 3), (pipeline.Counts.Received, pipeline.Counts.Published));
    }

    [Fact]
    public async Task A_publisher_that_cannot_be_opened_is_said_and_left_out()
    {
        await using var pipeline = Pipeline(
            ToStore.Replace("store", "\"http://h?timeout=never\", store"));
        Assert.Equal(
            [
                "sink 'k' goes without publisher 'http://h': "
                    + "'timeout' must be seconds from above 0 to 3600, found 'never'",
            ],
            _warnings);
        Assert.Equal(["store://"], pipeline.Publishers.Select(publisher => publisher.Address));
    }

    private static Ops.Pipeline.Configuration.PipelineConfig PipelineConfigOf(string yaml, string scheme)
    {
        var faults = new ConfigFaults();
        var root = Ops.Server.Config.YamlReader.Read(yaml, "p.yaml", faults);
        return Ops.Pipeline.Configuration.PipelineConfig.Read(root, "p.yaml", faults, ["store", scheme])!;
    }

    private PublisherCatalog Catalog() => PublisherCatalog.BuiltIn(_store, TimeProvider.System, _warnings.Add);

    private SamplePipeline Pipeline(string yaml) =>
        new(Some.Config(yaml), _catalog, Catalog(), new SamplePipelineOptions { Warn = _warnings.Add });

    private sealed class HangingTarget : IPublisherTarget
    {
        public async ValueTask<PublishResult> SendAsync(SampleBatch batch, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return PublishResult.Sent;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

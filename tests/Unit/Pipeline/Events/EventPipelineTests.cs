using System.Text.Json;
using Ops.Model;
using Ops.Pipeline.Events;
using Ops.Pipeline.Publishers;
using Ops.Server.Config;
using Xunit;

namespace Ops.Unit.Pipeline.Events;

public sealed class EventPipelineTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ops-events-").FullName;
    private readonly FakeEventStore _store = new();
    private readonly List<string> _warnings = [];
    private readonly Dictionary<string, TestEventPublisher> _tests = [];

    [Fact]
    public async Task Events_go_to_the_publishers_that_their_type_leads_to_each_once()
    {
        await using var pipeline = Pipeline(
            """
            sources:
              - {name: all, events: ["*"], sinks: [keep]}
              - {name: computing, events: ["compute.*"], sinks: [keep, compute]}
              - {name: rest, events: ["!compute.*", "!image.*"], sinks: [rest]}
            sinks:
              - {name: keep, publishers: ["store://"]}
              - {name: compute, publishers: ["test://c"]}
              - {name: rest, publishers: ["test://r", "test://c"]}
            """);
        await pipeline.AcceptAsync([Some("compute.a"), Some("image.b"), Some("volume.c")], default);
        Assert.Equal(["compute.a", "image.b", "volume.c"], _store.Types);
        Assert.Equal(["compute.a", "volume.c"], Types("test://c"));
        Assert.Equal(["volume.c"], Types("test://r"));
        Assert.Equal((3, 0), (pipeline.Received, pipeline.Unmatched));
        Assert.Equal(
            ["store:// 3", "test://c 2", "test://r 1"],
            pipeline.PublisherStates.Select(one => $"{one.Address} {one.Counts.Sent}").Order());
        Assert.All(pipeline.PublisherStates, one => Assert.True(one.Counts.Balances));
    }

    [Fact]
    public async Task What_no_source_takes_is_counted()
    {
        await using var pipeline = Pipeline(One("events: [a], sinks: [s]", "store://"));
        await pipeline.AcceptAsync([Some("a"), Some("b"), Some("b")], default);
        Assert.Equal((3, 2), (pipeline.Received, pipeline.Unmatched));
    }

    [Fact]
    public async Task A_store_that_fails_has_the_events_brought_again_and_keeps_no_other_publisher_from_them()
    {
        await using var pipeline = Pipeline(One("events: ['*'], sinks: [s]", "store://", "test://x"));
        _store.FailOnce = new IOException("the disk is full");
        var fault = await Assert.ThrowsAsync<IOException>(
            async () => await pipeline.AcceptAsync([Some("a")], default));
        Assert.Equal("the disk is full", fault.Message);
        Assert.Equal(["a"], Types("test://x"));
        Assert.Equal(["publisher 'store://' did not take 1 events: the disk is full"], _warnings);
        await pipeline.AcceptAsync([Some("a")], default);
        var store = pipeline.PublisherStates.Single(one => one.Address == "store://").Counts;
        Assert.Equal((2, 1, 1), (store.Received, store.Sent, store.Dropped["failed"]));
        Assert.True(store.Balances);
    }

    [Fact]
    public async Task A_reload_keeps_what_stayed_and_closes_what_went()
    {
        await using var pipeline = Pipeline(One("events: ['*'], sinks: [s]", "test://stays", "test://goes"));
        await pipeline.AcceptAsync([Some("a")], default);
        var config = Config(One("events: [b], sinks: [s]", "test://stays", "test://comes"));
        pipeline.Reload(config);
        Assert.Same(config, pipeline.Config);
        await pipeline.AcceptAsync([Some("a"), Some("b")], default);
        Assert.Equal(["a", "b"], Types("test://stays"));
        Assert.Equal(["a"], Types("test://goes"));
        Assert.Equal(["b"], Types("test://comes"));
        Assert.Equal(
            ["test://comes", "test://stays"], pipeline.PublisherStates.Select(one => one.Address).Order());
    }

    [Fact]
    public async Task After_its_end_it_takes_nothing()
    {
        var pipeline = Pipeline(One("events: ['*'], sinks: [s]", "store://"));
        await pipeline.DisposeAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(
            async () => await pipeline.AcceptAsync([Some("a")], default));
    }

    [Fact]
    public async Task A_publisher_that_cannot_be_opened_is_a_warning()
    {
        await using var pipeline = Pipeline(One("events: ['*'], sinks: [s]", "file:///", "store://"));
        Assert.Equal(
            ["sink 's' of events goes without publisher 'file:///': it names no file, as in "
                + "'file:///var/log/samples.jsonl'"],
            _warnings);
        await pipeline.AcceptAsync([Some("a")], default);
        Assert.Equal(["a"], _store.Types);
    }

    [Fact]
    public async Task Events_in_a_file_are_lines_of_json()
    {
        var path = Path.Combine(_folder, "events.jsonl");
        await using (var pipeline = Pipeline(One("events: ['*'], sinks: [s]", $"file://{path}")))
        {
            await pipeline.AcceptAsync([Some("a"), Some("b")], default);
        }

        var lines = await File.ReadAllLinesAsync(path);
        Assert.Equal(
            """{"message_id":"id-a","event_type":"a","generated":"1970-01-01T00:00:01Z","traits":[["n",2,7]],"""
            + "\"raw\":{}}",
            lines[0]);
        Assert.Equal("b", JsonDocument.Parse(lines[1]).RootElement.GetProperty("event_type").GetString());
    }

    [Fact]
    public async Task What_was_spilled_is_sent_after_a_restart()
    {
        var path = Path.Combine(_folder, "late", "events.jsonl");
        var address = $"file://{path}?policy=spill&max_queue_length=1&max_retries=1000";
        var before = Pipeline(One("events: ['*'], sinks: [s]", address));
        for (var i = 0; i < 5; i++)
        {
            await before.AcceptAsync([Some($"e{i}")], default);
        }

        await Task.WhenAny(before.DisposeAsync().AsTask(), Task.Delay(TimeSpan.FromSeconds(30)));
        Assert.Equal(5, Assert.Single(before.PublisherStates).Counts.Queued);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using var after = Pipeline(One("events: ['*'], sinks: [s]", address));
        for (var i = 0; i < 1000 && after.PublisherStates[0].Counts.Queued > 0; i++)
        {
            await Task.Delay(10);
        }

        Assert.Equal(
            ["e0", "e1", "e2", "e3", "e4"],
            (await File.ReadAllLinesAsync(path)).Select(
                line => JsonDocument.Parse(line).RootElement.GetProperty("event_type").GetString()));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Event Some(string type) =>
        new($"id-{type}", type, 1_000_000_000, [new EventTrait("n", TraitType.Integer, "7")]);

    private static string One(string source, params string[] publishers) =>
        $"{{sources: [{{name: s, {source}}}], sinks: [{{name: s, publishers: "
        + $"[{string.Join(", ", publishers.Select(one => $"'{one}'"))}]}}]}}";

    private static EventPipelineConfig Config(string yaml)
    {
        var faults = new ConfigFaults();
        var config = EventPipelineConfig.Read(YamlReader.Read(yaml, "e.yaml", faults), "e.yaml", faults);
        Assert.Empty(faults.All);
        return config!;
    }

    private IEnumerable<string> Types(string address) => _tests[address].Events.Select(one => one.Type);

    private EventPipeline Pipeline(string yaml)
    {
        var options = new PublisherCatalogOptions { SpillFolder = Path.Combine(_folder, "spill") };
        var catalog = EventPublisherCatalog.BuiltIn(_store, options)
            .With("test", address => _tests[address.Text] = new TestEventPublisher(address.Text));
        return new EventPipeline(Config(yaml), catalog, _warnings.Add);
    }

    private sealed class FakeEventStore : IEventSink
    {
        public List<string> Types { get; } = [];

        public Exception? FailOnce { get; set; }

        public ValueTask AcceptAsync(IReadOnlyList<Event> events, CancellationToken cancellationToken)
        {
            if (FailOnce is { } fault)
            {
                FailOnce = null;
                throw fault;
            }

            Types.AddRange(events.Select(one => one.Type));
            return ValueTask.CompletedTask;
        }
    }
}

using System.Text.Json.Nodes;
using Ops.Model;
using Ops.Pipeline.Publishers;
using Xunit;

namespace Ops.Unit.Pipeline.Publishers;

public sealed class FileTargetTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ops-file-").FullName;
    private readonly SeriesCatalog _catalog = new();

    [Fact]
    public async Task Samples_are_appended_as_lines_of_json()
    {
        var path = Path.Combine(_folder, "a.jsonl");
        await File.WriteAllTextAsync(path, "old\n");
        await Publish(
            $"file://{path}?json", _catalog.Sample("a", 1.5), _catalog.Sample("b", 2) with { MonotonicSeconds = 7 });
        var lines = await File.ReadAllLinesAsync(path);
        Assert.Equal(
            [
                "old",
                Replayed.OneLine(
                    """
                    {"name":"a","type":"gauge","unit":"B","volume":1.5,"resource_id":"r1","project_id":"p1",
                    "user_id":"u1","timestamp":"2016-01-01T00:00:00Z","resource_metadata":{},"source":"openstack"}
                    """),
                Replayed.OneLine(
                    """
                    {"name":"b","type":"gauge","unit":"B","volume":2,"resource_id":"r1","project_id":"p1",
                    "user_id":"u1","timestamp":"2016-01-01T00:00:00Z","resource_metadata":{},"source":"openstack",
                    "monotonic_time":7}
                    """),
            ],
            lines);
    }

    [Fact]
    public async Task A_file_is_rotated_before_it_passes_its_size()
    {
        var path = Path.Combine(_folder, "r.jsonl");
        var samples = Enumerable.Range(0, 7).Select(i => _catalog.Sample("a", i)).ToArray();
        await Publish($"file://{path}?max_bytes=400&backup_count=2", samples);
        Assert.Equal("6", await Volumes(path));
        Assert.Equal("4 5", await Volumes(path + ".1"));
        Assert.Equal("2 3", await Volumes(path + ".2"));
        Assert.False(File.Exists(path + ".3"));
    }

    [Theory]
    [InlineData("?max_bytes=400")]
    [InlineData("?backup_count=2")]
    public async Task One_limit_alone_does_not_rotate(string parameters)
    {
        var path = Path.Combine(_folder, "one.jsonl");
        await Publish($"file://{path}{parameters}", [.. Enumerable.Range(0, 7).Select(i => _catalog.Sample("a", i))]);
        Assert.Equal("0 1 2 3 4 5 6", await Volumes(path));
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_a_failure_not_a_crash()
    {
        var warnings = new List<string>();
        var path = Path.Combine(_folder, "missing", "x.jsonl");
        var counts = await Publish($"file://{path}?max_retries=0", warnings, _catalog.Sample("a", 1));
        Assert.Equal(1, counts.Dropped["failed"]);
        Assert.Equal(
            [
                $"publisher 'file://{path}' dropped 1 samples so far (failed): "
                    + $"Could not find a part of the path '{path}'.",
            ],
            warnings);
    }

    [Fact]
    public async Task A_file_that_cannot_grow_fails_and_works_again_later()
    {
        var path = Path.Combine(_folder, "later.jsonl");
        Directory.CreateDirectory(path);
        await using var target = new FileTarget(new LineFile(path, 0, 0));
        using var batch = Some.Batch(_catalog.Sample("a", 1));
        Assert.Equal(PublishOutcome.Passing, (await target.SendAsync(batch, default)).Outcome);
        Directory.Delete(path);
        Assert.Equal(PublishOutcome.Sent, (await target.SendAsync(batch, default)).Outcome);
        Assert.Equal("1", await Volumes(path));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task<string> Volumes(string path) => string.Join(
        ' ', (await File.ReadAllLinesAsync(path)).Select(line => JsonNode.Parse(line)!["volume"]!.ToJsonString()));

    private static Task<PublisherCounts> Publish(string address, params Sample[] samples) =>
        Publish(address, [], samples);

    private static async Task<PublisherCounts> Publish(string address, List<string> warnings, params Sample[] samples)
    {
        var catalog = PublisherCatalog.BuiltIn(new FakeStore(), TimeProvider.System, warnings.Add);
        Assert.True(catalog.TryOpen(address, out var publisher, out var problem), problem);
        using var batch = Some.Batch(samples);
        await publisher.PublishAsync(batch, default);
        await publisher.DisposeAsync();
        Assert.True(publisher.Counts.Balances);
        return publisher.Counts;
    }
}

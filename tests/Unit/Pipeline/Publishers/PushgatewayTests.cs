using Ops.Model;
using Xunit;

namespace Ops.Unit.Pipeline.Publishers;

public sealed class PushgatewayTests : IAsyncLifetime
{
    private readonly SeriesCatalog _catalog = new();
    private FakeReceiver _server = null!;

    public async ValueTask InitializeAsync() => _server = await FakeReceiver.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Each_resource_is_a_group_with_its_newest_values()
    {
        var batch = Some.Batch(
            _catalog.Sample("cpu", 1, 0, MeterKind.Cumulative), _catalog.Sample("cpu", 2, 1, MeterKind.Cumulative),
            _catalog.Sample("disk.read", 3, 0, MeterKind.Delta), _catalog.Sample("t", 4.5, resource: "a/b c"));
        var (counts, _) = await Published.ThroughAsync($"prometheus://{_server.Place}/metrics/job/ops", batch);
        Assert.Equal(4, counts.Sent);
        Assert.Equal(
            ["/metrics/job/ops/resource_id/r1", "/metrics/job/ops/resource_id@base64/YS9iIGM="],
            _server.Requests.Select(request => request.Target));
        Assert.Equal(
            """
            # TYPE cpu counter
            cpu{project_id="p1",resource_id="r1",user_id="u1"} 2
            disk_read{project_id="p1",resource_id="r1",user_id="u1"} 3

            """.ReplaceLineEndings("\n"),
            _server.Requests[0].Text);
    }

    [Fact]
    public async Task With_labels_in_the_address_a_batch_is_one_push()
    {
        var batch = Some.Batch(_catalog.Sample("t", 1), _catalog.Sample("t", 2, resource: "a\"b\\c"));
        await Published.ThroughAsync($"prometheus://{_server.Place}/metrics/job/ops/site/x", batch);
        var request = Assert.Single(_server.Requests);
        Assert.Equal("/metrics/job/ops/site/x", request.Target);
        Assert.Contains("resource_id=\"a\\\"b\\\\c\"", request.Text);
        Assert.StartsWith("# TYPE t gauge\n", request.Text);
    }

    [Fact]
    public async Task A_push_that_is_refused_does_not_keep_the_others()
    {
        _server.Answers.Enqueue(new FakeAnswer(400, "text format parsing error"));
        var batch = Some.Batch(
            _catalog.Sample("t", 1), _catalog.Sample("u", 1), _catalog.Sample("t", 2, resource: "r2"));
        var (counts, warnings) = await Published.ThroughAsync(
            $"prometheus://{_server.Place}/metrics/job/ops", batch);
        Assert.Equal((1, 2), (counts.Sent, counts.Dropped["refused"]));
        Assert.EndsWith("answered 400: text format parsing error", Assert.Single(warnings));
    }
}

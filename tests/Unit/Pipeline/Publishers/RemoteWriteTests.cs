using Ops.Model;
using Ops.Pipeline.Publishers.Delivery;
using Ops.Pipeline.Publishers.Prometheus;
using Snappier;
using Xunit;

namespace Ops.Unit.Pipeline.Publishers;

public sealed class RemoteWriteTests : IAsyncLifetime
{
    private const long MsNs = 1_000_000;

    private readonly SeriesCatalog _catalog = new();
    private FakeReceiver _server = null!;

    public async ValueTask InitializeAsync() => _server = await FakeReceiver.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_request_is_snappy_protobuf_with_labels_in_order()
    {
        var sample = _catalog.Sample("disk.read-rate", 1.5, 2, MeterKind.Cumulative, unit: "B/s");
        var (counts, _) = await Published.ThroughAsync(
            $"prometheus://{_server.Place}/api/v1/write", Some.Batch(sample));
        Assert.Equal(1, counts.Sent);
        var request = Assert.Single(_server.Requests);
        Assert.Equal("/api/v1/write", request.Target);
        Assert.Equal("application/x-protobuf", request.Headers["Content-Type"]);
        Assert.Equal("snappy", request.Headers["Content-Encoding"]);
        Assert.Equal("0.1.0", request.Headers["X-Prometheus-Remote-Write-Version"]);
        var tree = ProtobufTree.Parse(Snappy.DecompressToArray(request.Body));
        Assert.Equal(["__name__=disk_read_rate", "project_id=p1", "resource_id=r1"], Labels(tree.Message(1)));
        Assert.Equal([(1_451_606_402_000, 1.5)], Points(tree.Message(1)));
        var metadata = tree.Message(3);
        Assert.Equal((1ul, "disk_read_rate", "B/s"), (metadata.Number(1), metadata.Text(2), metadata.Text(5)));
    }

    [Fact]
    public void A_series_comes_once_its_samples_by_time_and_one_a_millisecond()
    {
        var (a, b) = (_catalog.Intern("a", "r"), _catalog.Intern("b", "r"));
        var body = new ByteText();
        var merged = new RemoteWriteEncoder().Write(
            [At(a, 5, 1), At(b, 1, 2), At(a, 3, 3), At(a, 5, 4), At(a, 4, 5)], body);
        Assert.Equal(1, merged);
        var series = ProtobufTree.Parse(body.Span).Messages(1).ToList();
        Assert.Equal([(3, 3.0), (4, 5.0), (5, 4.0)], Points(series[0]));
        Assert.Equal([(1, 2.0)], Points(series[1]));
    }

    [Fact]
    public void A_series_whose_context_changed_is_still_one_series()
    {
        var body = new ByteText();
        new RemoteWriteEncoder().Write(
            [_catalog.Sample("a", 2, 2), _catalog.Sample("b", 3), _catalog.Sample("a", 1, 1)], body);
        var series = ProtobufTree.Parse(body.Span).Messages(1).ToList();
        Assert.Equal(2, series.Count);
        Assert.Equal([1.0, 2], Points(series[0]).Select(point => point.Volume));
    }

    [Fact]
    public void Metadata_goes_until_it_was_taken()
    {
        var encoder = new RemoteWriteEncoder();
        bool Has()
        {
            var body = new ByteText();
            encoder.Write([At(_catalog.Intern("a", "r"), 1, 1)], body);
            return ProtobufTree.Parse(body.Span).Has(3);
        }

        Assert.True(Has());
        Assert.True(Has());
        encoder.Taken();
        Assert.False(Has());
    }

    [Fact]
    public async Task Of_a_batch_with_one_bad_sample_only_that_is_lost()
    {
        _server.Judge = request =>
        {
            var values = ProtobufTree.Parse(Snappy.DecompressToArray(request.Body)).Messages(1)
                .SelectMany(Points).Select(point => point.Volume);
            return values.Contains(13) ? new FakeAnswer(400, "out of order sample\n") : new FakeAnswer(204);
        };
        var batch = Some.Batch([.. Enumerable.Range(0, 20).Select(i => _catalog.Sample($"m{i}", i))]);
        var (counts, warnings) = await Published.ThroughAsync($"prometheus://{_server.Place}/api/v1/write", batch);
        Assert.Equal((19, 1), (counts.Sent, counts.Dropped["refused"]));
        Assert.EndsWith("(refused): answered 400: out of order sample", Assert.Single(warnings));
        Assert.InRange(_server.Requests.Count, 2, RemoteWriteTarget.RequestsMax);
    }

    [Fact]
    public async Task A_batch_of_bad_samples_ends_after_a_bounded_number_of_requests()
    {
        _server.Judge = _ => new FakeAnswer(400, "no");
        var batch = Some.Batch([.. Enumerable.Range(0, 500).Select(i => _catalog.Sample($"m{i}", i))]);
        var (counts, _) = await Published.ThroughAsync($"prometheus://{_server.Place}/api/v1/write", batch);
        Assert.Equal(500, counts.Dropped["refused"]);
        Assert.InRange(_server.Requests.Count, 2, RemoteWriteTarget.RequestsMax);
    }

    [Theory]
    [InlineData(500, 1)]
    [InlineData(429, 1)]
    [InlineData(404, 0)]
    public async Task Failures_of_the_server_pass_and_those_of_ours_do_not(int status, int sent)
    {
        _server.Answers.Enqueue(new FakeAnswer(status));
        var (counts, _) = await Published.ThroughAsync(
            $"prometheus://{_server.Place}/api/v1/write?max_retries=1", Some.Batch(_catalog.Sample("m", 1)));
        Assert.Equal(sent, counts.Sent);
    }

    [Theory]
    [InlineData("cpu.util-x/y", "cpu_util_x_y")]
    [InlineData("http_requests_total", "http_requests_total")]
    [InlineData("1st:é", "_1st:_")]
    [InlineData("", "_")]
    public void Metric_names_are_made_fit(string name, string metric) =>
        Assert.Equal(metric, PrometheusNames.Metric(name));

    [Theory]
    [InlineData("a:b.c", "a_b_c")]
    [InlineData("__name__", "_name__")]
    [InlineData("9", "_9")]
    public void Label_names_are_made_fit(string name, string label) =>
        Assert.Equal(label, PrometheusNames.Label(name));

    [Fact]
    public void Labels_that_become_the_same_are_joined_and_empty_ones_left_out() => Assert.Equal(
        ["a_b=2;1", "c=3"],
        PrometheusNames.Labels([new("a-b", "2"), new("a.b", "1"), new("c", "3"), new("d", "")])
            .Select(pair => $"{pair.Key}={pair.Value}"));

    [Fact]
    public void A_series_met_before_costs_no_memory()
    {
        var samples = Enumerable.Range(0, 3_000)
            .Select(i => At(_catalog.Intern($"m{i % 500}", "r"), i, i * 1.5)).ToArray();
        var encoder = new RemoteWriteEncoder();
        var body = new ByteText();
        encoder.Write(samples, body);
        encoder.Taken();
        body.Cut();
        var before = GC.GetAllocatedBytesForCurrentThread();
        encoder.Write(samples, body);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void An_address_without_a_path_is_refused() => Assert.Equal(
        "it names no path: '/api/v1/write' is remote write, '/metrics/job/NAME' a Pushgateway",
        Published.Refusal("prometheus://h"));

    private static Sample At(Series series, long ms, double volume) =>
        new(series, SampleContext.Plain, ms * MsNs, volume);

    private static IEnumerable<string> Labels(ProtobufTree series) =>
        series.Messages(1).Select(label => $"{label.Text(1)}={label.Text(2)}");

    private static IEnumerable<(long Ms, double Volume)> Points(ProtobufTree series) =>
        series.Messages(2).Select(sample => ((long)sample.Number(2), sample.Double(1)));
}

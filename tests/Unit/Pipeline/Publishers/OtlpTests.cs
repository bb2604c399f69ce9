using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Ops.Model;
using Ops.Pipeline.Publishers.Delivery;
using Ops.Pipeline.Publishers.Otlp;
using Xunit;

namespace Ops.Unit.Pipeline.Publishers;

/// <summary>What is exported is looked at with our own decoder, <see cref="ProtobufTree"/>.</summary>
public sealed class OtlpTests : IAsyncLifetime
{
    private const long SecondNs = 1_000_000_000;

    private readonly SeriesCatalog _catalog = new();
    private FakeReceiver _server = null!;

    public async ValueTask InitializeAsync() => _server = await FakeReceiver.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_gauge_has_nanoseconds_unit_and_resource()
    {
        var (counts, _) = await Published.ThroughAsync(
            $"opentelemetryhttp://{_server.Place}", Some.Batch(_catalog.Sample("temperature", 21.5, 1, unit: "C")));
        Assert.Equal(1, counts.Sent);
        var request = Assert.Single(_server.Requests);
        Assert.Equal(("/v1/metrics", "application/x-protobuf"), (request.Target, request.Headers["Content-Type"]));
        var resource = ProtobufTree.Parse(request.Body).Message(1);
        Assert.Equal(
            ["project_id=p1", "resource_id=r1", "source=openstack", "user_id=u1"],
            Attributes(resource.Message(1), 1));
        var metric = resource.Message(2).Message(2);
        Assert.Equal(("temperature", "C"), (metric.Text(1), metric.Text(3)));
        var point = metric.Message(5).Message(1);
        Assert.Equal((1_451_606_401_000_000_000ul, 21.5), (point.Number(3), point.Double(4)));
        Assert.False(point.Has(2));
    }

    [Fact]
    public void Samples_are_nested_by_resource_and_metric()
    {
        var dimensions = Tags.Of(("device", "vda"));
        var samples = new[]
        {
            Of("a", "r1", 1), Of("b", "r1", 2), Of("a", "r2", 3), Of("a", "r1", 4), Of("a", "r1", 5, dimensions),
        };
        var resources = Encoded(new OtlpBatch(), samples).Messages(1).ToList();
        Assert.Equal(2, resources.Count);
        var metrics = resources[0].Message(2).Messages(2).ToList();
        Assert.Equal(["a", "b"], metrics.Select(metric => metric.Text(1)));
        var points = metrics[0].Message(5).Messages(1).ToList();
        Assert.Equal([1.0, 4, 5], points.Select(point => point.Double(4)));
        Assert.Equal(["device=vda"], Attributes(points[2], 7));
    }

    [Fact]
    public void A_cumulative_meter_is_a_monotonic_sum_that_begins_anew_when_it_falls()
    {
        var batch = new OtlpBatch();
        var context = new SampleContext { Kind = MeterKind.Cumulative };
        var series = _catalog.Intern("c", "r");
        var sum = Sum(batch, [.. new[] { 5.0, 7, 2, 3 }.Select((volume, i) =>
            new Sample(series, context, (i + 1) * SecondNs, volume))]);
        Assert.Equal((2ul, 1ul), (sum.Number(2), sum.Number(3)));
        Assert.Equal([0ul, 0, 2 * SecondNs, 2 * SecondNs], sum.Messages(1).Select(point => point.Number(2)));
    }

    [Fact]
    public void A_delta_covers_the_time_since_the_point_before_that_was_taken()
    {
        var batch = new OtlpBatch();
        var context = new SampleContext { Kind = MeterKind.Delta };
        var series = _catalog.Intern("d", "r");
        ulong Start(long second) => Sum(batch, new Sample(series, context, second * SecondNs, 1)).Message(1).Number(2);
        Assert.Equal(0ul, Start(1));
        batch.Taken();
        Assert.Equal((ulong)SecondNs, Start(2));
        Assert.Equal((ulong)SecondNs, Start(3));
        batch.Taken();
        Assert.Equal(3ul * SecondNs, Start(4));
        Assert.Equal(1ul, Sum(batch, new Sample(series, context, 9, 1)).Number(2));
    }

    [Fact]
    public async Task Json_has_the_names_of_the_specification()
    {
        var batch = Some.Batch(_catalog.Sample("c", 2, 1, MeterKind.Cumulative), _catalog.Sample("g", 1.5, 1));
        await Published.ThroughAsync($"opentelemetryhttp://{_server.Place}/v1/metrics?json=1&ssl=0", batch);
        var request = Assert.Single(_server.Requests);
        Assert.Equal("application/json", request.Headers["Content-Type"]);
        var metrics = JsonNode.Parse(request.Text)!["resourceMetrics"]![0]!["scopeMetrics"]![0]!["metrics"]!;
        var sum = metrics[0]!["sum"]!;
        Assert.Equal((2, true), ((int)sum["aggregationTemporality"]!, (bool)sum["isMonotonic"]!));
        Assert.Equal("1451606401000000000", (string)sum["dataPoints"]![0]!["timeUnixNano"]!);
        Assert.Equal(1.5, (double)metrics[1]!["gauge"]!["dataPoints"]![0]!["asDouble"]!);
    }

    [Fact]
    public async Task Points_that_the_answer_rejects_count_as_refused()
    {
        var said = new ByteText(64);
        var partial = said.Begin(1);
        said.Number(1, 2);
        said.Text(2, "too old");
        said.End(partial);
        _server.Answers.Enqueue(new FakeAnswer(200, said.Span.ToArray()));
        _server.Answers.Enqueue(new FakeAnswer(
            200, """{"partialSuccess":{"rejectedDataPoints":"1","errorMessage":"odd"}}"""));
        var (counts, warnings) = await Published.ThroughAsync(
            $"opentelemetryhttp://{_server.Place}", Batch(3));
        Assert.Equal((1, 2), (counts.Sent, counts.Dropped["refused"]));
        Assert.EndsWith("(refused): too old", Assert.Single(warnings));
        (counts, _) = await Published.ThroughAsync($"opentelemetryhttp://{_server.Place}?json=1", Batch(3));
        Assert.Equal((2, 1), (counts.Sent, counts.Dropped["refused"]));
    }

    [Theory]
    [InlineData(429, 1)]
    [InlineData(503, 1)]
    [InlineData(500, 0)]
    [InlineData(400, 0)]
    public async Task Only_what_the_protocol_calls_retryable_is_tried_again(int status, int sent)
    {
        _server.Answers.Enqueue(new FakeAnswer(status));
        var (counts, _) = await Published.ThroughAsync(
            $"opentelemetryhttp://{_server.Place}?max_retries=1", Batch(1));
        Assert.Equal(sent, counts.Sent);
    }

    [Fact]
    public void Any_answer_at_all_is_read_without_a_fault()
    {
        Gen.Byte.Array[0, 64].Sample(
            bytes =>
            {
                Assert.True(OtlpAnswer.ReadProtobuf(bytes).Rejected >= 0);
                Assert.True(OtlpAnswer.ReadJson(bytes).Rejected >= 0);
            },
            iter: 20_000);
        Assert.Equal(0, OtlpAnswer.ReadJson(Encoding.UTF8.GetBytes("{\"partialSuccess\":[1]}")).Rejected);
    }

    [Fact]
    public void A_series_met_before_costs_no_memory()
    {
        var samples = Enumerable.Range(0, 2_000).Select(i => Of($"m{i % 40}", $"r{i % 50}", i)).ToArray();
        var batch = new OtlpBatch();
        var body = new ByteText(1 << 20);
        batch.Sort(samples);
        OtlpProtobufWriter.Write(batch, samples, body);
        body.Cut();
        var before = GC.GetAllocatedBytesForCurrentThread();
        batch.Sort(samples);
        OtlpProtobufWriter.Write(batch, samples, body);
        // The enumerator of the list of resources and of their metrics, not more with more samples.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4_096);
    }

    private SampleBatch Batch(int count) =>
        Some.Batch([.. Enumerable.Range(0, count).Select(i => _catalog.Sample("m", i, i))]);

    private Sample Of(string meter, string resource, double volume, Tags? dimensions = null) =>
        new(_catalog.Intern(meter, resource, dimensions), SampleContext.Plain, SecondNs, volume);

    private static ProtobufTree Encoded(OtlpBatch batch, params Sample[] samples)
    {
        var body = new ByteText();
        batch.Sort(samples);
        OtlpProtobufWriter.Write(batch, samples, body);
        return ProtobufTree.Parse(body.Span);
    }

    private static ProtobufTree Sum(OtlpBatch batch, params Sample[] samples) =>
        Encoded(batch, samples).Message(1).Message(2).Message(2).Message(7);

    private static IEnumerable<string> Attributes(ProtobufTree holder, int field) =>
        holder.Messages(field).Select(pair => $"{pair.Text(1)}={pair.Message(2).Text(1)}");
}

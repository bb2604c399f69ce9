using System.IO.Compression;
using System.Text;
using Ops.Model;
using Ops.Pipeline.Publishers;
using Ops.Pipeline.Publishers.Influx;
using Xunit;

namespace Ops.Unit.Pipeline.Publishers;

/// <summary>Against a real server on the loopback address that answers as a test tells it.</summary>
public sealed class InfluxTargetTests : IAsyncLifetime
{
    private readonly SeriesCatalog _catalog = new();
    private FakeReceiver _server = null!;

    public async ValueTask InitializeAsync() => _server = await FakeReceiver.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Version_1_writes_to_a_database()
    {
        var (counts, _) = await Published.ThroughAsync(
            $"influxdb://me:p%40ss@{_server.Place}?db=my db&rp=week&precision=us", Batch(2));
        Assert.Equal(2, counts.Sent);
        var request = Assert.Single(_server.Requests);
        Assert.Equal("/write?db=my%20db&rp=week&precision=u", request.Target);
        Assert.Equal("Basic bWU6cEBzcw==", request.Headers["Authorization"]);
        Assert.Equal(
            "m,project_id=p1,resource_id=r1 value=0 1451606400000000\n"
            + "m,project_id=p1,resource_id=r1 value=1 1451606401000000\n",
            request.Text);
    }

    [Fact]
    public async Task Version_2_writes_to_a_bucket_with_a_token()
    {
        await Published.ThroughAsync(
            $"influxdb://{_server.Place}/prefix?version=2&org=o&bucket=b&token=t1&gzip=1", Batch(1));
        var request = Assert.Single(_server.Requests);
        Assert.Equal("/prefix/api/v2/write?org=o&bucket=b&precision=ns", request.Target);
        Assert.Equal("Token t1", request.Headers["Authorization"]);
        Assert.Equal("gzip", request.Headers["Content-Encoding"]);
        using var unpacked = new GZipStream(new MemoryStream(request.Body), CompressionMode.Decompress);
        using var reader = new StreamReader(unpacked, Encoding.UTF8);
        Assert.Equal("m,project_id=p1,resource_id=r1 value=0 1451606400000000000\n", await reader.ReadToEndAsync());
    }

    [Fact]
    public async Task Of_a_partial_write_only_what_was_left_out_counts_as_refused()
    {
        _server.Answers.Enqueue(new FakeAnswer(
            400, """{"error":"partial write: field type conflict: input field \"value\" is float dropped=2"}"""));
        var (counts, warnings) = await Published.ThroughAsync($"influxdb://{_server.Place}", Batch(5));
        Assert.Equal((3, 2), (counts.Sent, counts.Dropped["refused"]));
        Assert.StartsWith($"publisher 'influxdb://{_server.Place}' dropped 2 samples so far (refused): answered 400: "
            + "{\"error\":\"partial write: field type conflict", Assert.Single(warnings));
    }

    [Fact]
    public async Task A_point_left_out_counts_with_all_its_fields()
    {
        _server.Answers.Enqueue(new FakeAnswer(400, """{"error":"partial write: x dropped=1"}"""));
        var context = new SampleContext();
        var samples = Enumerable.Range(0, 6).Select(i => new Sample(
            _catalog.Intern($"c.f{i % 3}", "h", Tags.Of(("host", "h")), "c", $"f{i % 3}", "d"), context, i / 3, i));
        var (counts, _) = await Published.ThroughAsync($"influxdb://{_server.Place}", Some.Batch([.. samples]));
        Assert.Equal((3, 3), (counts.Sent, counts.Dropped["refused"]));
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    [InlineData(500)]
    public async Task What_may_pass_is_tried_again(int status)
    {
        _server.Answers.Enqueue(new FakeAnswer(status));
        var (counts, _) = await Published.ThroughAsync($"influxdb://{_server.Place}?max_retries=2", Batch(1));
        Assert.Equal((1, 2), (counts.Sent, _server.Requests.Count));
    }

    [Theory]
    [InlineData(401, "authorization failed")]
    [InlineData(404, "database not found: \"ops\"")]
    [InlineData(400, "unable to parse")]
    public async Task What_will_never_be_taken_is_not_tried_again(int status, string said)
    {
        _server.Answers.Enqueue(new FakeAnswer(status, said));
        var (counts, warnings) = await Published.ThroughAsync($"influxdb://{_server.Place}?max_retries=5", Batch(2));
        Assert.Equal((2, 1), (counts.Dropped["refused"], _server.Requests.Count));
        Assert.EndsWith($"(refused): answered {status}: {said}", Assert.Single(warnings));
    }

    [Fact]
    public async Task Retry_after_is_handed_on()
    {
        _server.Answers.Enqueue(new FakeAnswer(503, "", "7"));
        var address = PublisherAddress.Parse($"influxdb://{_server.Place}");
        await using var target = new InfluxTarget(InfluxTargetOptions.From(address), TimeProvider.System);
        Assert.Equal(
            PublishResult.Passing("answered 503", TimeSpan.FromSeconds(7)), await target.SendAsync(Batch(1), default));
    }

    [Fact]
    public async Task A_server_that_is_away_may_come_back()
    {
        await _server.DisposeAsync();
        var address = PublisherAddress.Parse("influxdb://127.0.0.1:1");
        await using var target = new InfluxTarget(InfluxTargetOptions.From(address), TimeProvider.System);
        Assert.Equal(PublishOutcome.Passing, (await target.SendAsync(Batch(1), default)).Outcome);
    }

    [Theory]
    [InlineData("influxdb://h?version=3", "'version' must be one of 1, 2, found '3'")]
    [InlineData("influxdb://h?precision=m", "'precision' must be one of ns, us, ms, s, found 'm'. Did you mean 'ms'?")]
    [InlineData("influxdb://h?gzip=maybe", "'gzip' must be true or false, found 'maybe'")]
    [InlineData("influxdb://", "it names no host")]
    [InlineData(
        "influxdb://h?version=2",
        "'version=2' needs 'bucket', as in 'influxdb://host:8086?version=2&org=o&bucket=b&token=t'")]
    public void A_faulty_address_is_refused(string address, string problem) =>
        Assert.StartsWith(problem, Published.Refusal(address));

    [Fact]
    public void An_unknown_parameter_is_refused_with_the_nearest()
    {
        var problem = Published.Refusal("influxdb://h?databse=x&gzp=1");
        Assert.StartsWith("parameter 'databse' is not known; known: ", problem);
    }

    [Theory]
    [InlineData("influxdb://h", "http://h:8086/write?db=ops&precision=ns")]
    [InlineData("influxdb://[::1]:99?tls=1", "https://[::1]:99/write?db=ops&precision=ns")]
    [InlineData("influxdb://h:80/", "http://h/write?db=ops&precision=ns")]
    public void The_place_has_its_defaults(string address, string place) => Assert.Equal(
        place, InfluxTargetOptions.From(PublisherAddress.Parse(address)).Delivery.Place.AbsoluteUri);

    [Theory]
    [InlineData("partial write: dropped=3", 3L)]
    [InlineData("partial write: dropped=", null)]
    [InlineData("partial write", null)]
    [InlineData("dropped=3", null)]
    public void The_number_of_points_left_out_is_read(string answer, long? points) =>
        Assert.Equal(points, InfluxTarget.DroppedPoints(Encoding.UTF8.GetBytes(answer)));

    private SampleBatch Batch(int count) =>
        Some.Batch([.. Enumerable.Range(0, count).Select(i => _catalog.Sample("m", i, i))]);
}

using System.Net;
using System.Net.Sockets;
using System.Text;
using CsCheck;
using Ops.Collectors.StatsD;
using Ops.Model;
using Ops.Unit.Collectors.Wire;
using Xunit;

namespace Ops.Unit.Collectors.StatsD;

public sealed class StatsdTests
{
    private readonly SomeOutlets _outlets = new();
    private readonly StatsdCollector _collector;

    public StatsdTests() => _collector = new StatsdCollector(Options(), _outlets.Outlets);

    [Fact]
    public async Task A_counter_gives_growth_and_rate()
    {
        await FlushAsync("hits:1|c\nhits:4|c\nhits:1|c|@0.1\n");
        Assert.Equal(["hits statsd {} delta  15", "hits.rate statsd {} gauge 1/s 1.5"], _outlets.Lines);
        Assert.Equal(_outlets.Time.GetUtcNow().ToUnixNs(), _outlets.Sink.Samples[0].TimestampNs);
    }

    [Fact]
    public async Task A_gauge_keeps_its_value_and_a_sign_changes_it()
    {
        await FlushAsync("depth:10|g\ndepth:+5|g\ndepth:-3|g");
        await FlushAsync("depth:+1|g");
        await FlushAsync("");
        Assert.Equal(["depth statsd {} gauge  12", "depth statsd {} gauge  13"], _outlets.Lines);
    }

    [Fact]
    public async Task A_timer_is_described()
    {
        await FlushAsync("wait:" + string.Join(':', Enumerable.Range(1, 100)) + "|ms");
        Assert.Equal(
            [
                "wait.count statsd {} delta  100", "wait.rate statsd {} gauge 1/s 10",
                "wait.sum statsd {} delta ms 5050", "wait.mean statsd {} gauge ms 50.5",
                "wait.min statsd {} gauge ms 1", "wait.max statsd {} gauge ms 100", "wait.p50 statsd {} gauge ms 50",
                "wait.p99.9 statsd {} gauge ms 100",
            ],
            _outlets.Lines);
    }

    [Fact]
    public async Task A_sample_rate_counts_for_count_and_sum_of_a_histogram()
    {
        await FlushAsync("size:10|h|@0.5\nsize:20|d|@0.5");
        Assert.Equal(
            (4.0, 60.0, 15.0),
            (_outlets.Sink.Last("size.count"), _outlets.Sink.Last("size.sum"), _outlets.Sink.Last("size.mean")));
        Assert.Equal("", _outlets.Sink.Samples[^1].Context.Unit);
    }

    [Fact]
    public async Task A_set_counts_different_values_between_flushes()
    {
        await FlushAsync("users:a|s\nusers:b:c|s\nusers:a|s");
        await FlushAsync("users:a|s");
        Assert.Equal(["users statsd {} gauge  2", "users statsd {} gauge  1"], _outlets.Lines);
    }

    [Fact]
    public async Task Tags_are_dimensions_and_name_the_resource()
    {
        await FlushAsync("a:1|g|#host:h1,env:prod,canary,url:http://x:1\na:2|g|#env:prod,host:h2|c:abc|T1700000000");
        Assert.Equal(
            ["a h1 {canary=true,env=prod,host=h1,url=http://x:1} gauge  1", "a h2 {env=prod,host=h2} gauge  2"],
            _outlets.Lines);
    }

    [Fact]
    public async Task A_prefix_and_another_resource_can_be_given()
    {
        var collector = new StatsdCollector(Options() with { Prefix = "app.", Resource = "edge" }, _outlets.Outlets);
        await collector.Take("a:1|g"u8.ToArray());
        await collector.FlushAsync(default);
        Assert.Equal(["app.a edge {} gauge  1"], _outlets.Lines);
    }

    [Theory]
    [InlineData("nonsense", "a line must be name:value|type")]
    [InlineData(":1|c", "a line must be name:value|type")]
    [InlineData("a|c:1", "a line must be name:value|type")]
    [InlineData("a:|c", "a value is missing")]
    [InlineData("a:x|c", "a value is no number")]
    [InlineData("a:1e999|g", "a value is no number")]
    [InlineData("a:1|k", "a type must be one of c, g, ms, h, d, s")]
    [InlineData("a:1|c|@2", "a rate must be above 0 and at most 1")]
    [InlineData("a:1|c|@x", "a rate must be above 0 and at most 1")]
    [InlineData("_e{1,1}:a|b", "events and service checks are not taken")]
    public async Task A_bad_line_is_refused_and_the_next_one_taken(string line, string fault)
    {
        await FlushAsync(line + "\nok:1|g");
        Assert.Equal(1, _outlets.Sink.Last("ok"));
        Assert.Equal($"statsd: a line was refused: {fault}", Assert.Single(_outlets.Reports));
        Assert.Contains($"1 lines taken, 1 refused (the last: {fault})", _collector.Status().Detail,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_are_bounded_and_forgotten_without_news()
    {
        var options = Options() with { MetricsMax = 2, ForgetAfter = TimeSpan.FromMinutes(1) };
        var collector = new StatsdCollector(options, _outlets.Outlets);
        await collector.Take("a:1|g\nb:1|g\nc:1|g"u8.ToArray());
        await collector.FlushAsync(default);
        Assert.Equal(2, _outlets.Sink.Samples.Count);
        _outlets.Time.Advance(TimeSpan.FromSeconds(50));
        await collector.Take("b:2|g"u8.ToArray());
        _outlets.Time.Advance(TimeSpan.FromSeconds(20));
        await collector.FlushAsync(default);
        await collector.FlushAsync(default);
        await collector.Take("c:3|g\nb:+1|g"u8.ToArray());
        await collector.FlushAsync(default);
        Assert.Equal((3.0, 3.0), (_outlets.Sink.Last("c"), _outlets.Sink.Last("b")));
    }

    [Fact]
    public async Task Many_metrics_are_handed_over_in_batches()
    {
        await FlushAsync(string.Join('\n', Enumerable.Range(0, 5000).Select(i => $"m{i}:1|g")));
        Assert.Equal([4096, 904], _outlets.Sink.BatchCounts);
    }

    [Fact]
    public async Task Datagrams_and_streams_come_in_and_the_interval_flushes()
    {
        var options = Options() with
        {
            Listen = new IPEndPoint(IPAddress.Loopback, 0), ListenTcp = new IPEndPoint(IPAddress.Loopback, 0),
        };
        var collector = new StatsdCollector(options, _outlets.Outlets);
        using var stop = new CancellationTokenSource();
        var run = collector.RunAsync(stop.Token);
        await UntilAsync(() => collector is { Port: > 0, TcpPort: > 0 });
        using var udp = new UdpClient();
        await udp.SendAsync("a:1|g"u8.ToArray(), new IPEndPoint(IPAddress.Loopback, collector.Port));
        using (var tcp = new TcpClient())
        {
            await tcp.ConnectAsync(IPAddress.Loopback, collector.TcpPort);
            await tcp.GetStream().WriteAsync("b:1|g\nc:"u8.ToArray());
            await tcp.GetStream().WriteAsync("2|g"u8.ToArray());
        }

        await UntilAsync(() => collector.Status().Detail.StartsWith("3 lines taken", StringComparison.Ordinal));
        _outlets.Time.Advance(options.FlushInterval);
        await UntilAsync(() => _outlets.Sink.Samples.Count == 3);
        await collector.Take("last:1|g"u8.ToArray());
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Equal(1, _outlets.Sink.Last("last"));
    }

    [Fact]
    public void Any_lines_are_taken_or_refused() => Gen.Char["ab:|@#,.0123456789+-cgmshd\n\r\0é"].Array[0, 80].Sample(
        text =>
        {
            var aggregator = new StatsdAggregator(new SeriesCatalog(), Options());
            aggregator.Take(Encoding.UTF8.GetBytes(text), 0);
            using var batch = new SampleBatch();
            aggregator.Flush(batch, 0, 0, 1);
            foreach (var sample in batch.Items)
            {
                Assert.True(double.IsFinite(sample.Volume));
            }
        }, iter: 20_000);

    private static StatsdOptions Options() => new() { Listen = null, Percentiles = [50, 99.9] };

    private static async Task UntilAsync(Func<bool> holds)
    {
        for (var i = 0; i < 500 && !holds(); i++)
        {
            await Task.Delay(10);
        }

        Assert.True(holds());
    }

    private async Task FlushAsync(string lines)
    {
        await _collector.Take(Encoding.UTF8.GetBytes(lines));
        _outlets.Time.Advance(TimeSpan.FromSeconds(10));
        await _collector.FlushAsync(default);
    }
}

using System.Globalization;
using System.Text.RegularExpressions;
using Ops.Collectors.HttpChecks;
using Ops.Collectors.Polling;
using Ops.Collectors.Scrape;
using Ops.Integration.Support;
using Ops.Model;

namespace Ops.Integration.Scrape;

public sealed class ScrapeTests
{
    [Fact]
    public async Task Everything_that_a_real_node_exporter_shows_is_scraped()
    {
        await using var exporter = ExporterProcess.Node();
        await exporter.ReadyAsync();
        var taken = new TakenSamples();
        var target = new ScrapeTarget(exporter.Url) { Name = "node", Interval = TimeSpan.FromSeconds(1) };
        using var collector = new ScrapeCollector(new ScrapeOptions { Targets = [target] }, taken.Outlets);
        using var stop = new CancellationTokenSource();
        var run = collector.RunAsync(stop.Token);
        await ServerProcess.WaitAsync(
            "two scrapes", TimeSpan.FromSeconds(20), () => Task.FromResult(collector.Counts.Scrapes >= 2));

        var (text, _) = await exporter.ShowAsync("text/plain");
        var shown = Regex.Matches(text, "^[a-z][^ ]*(?= )", RegexOptions.Multiline).Select(match => match.Value);
        var found = taken.Samples.Select(sample => sample.Series.Meter).ToHashSet();
        Assert.Empty(shown.Select(series => series.Split('{')[0]).Except(found));
        Assert.True(found.Count > 150, $"{found.Count} metrics");

        var cpu = taken.Samples.First(sample => sample.Series.Meter == "node_cpu_seconds_total");
        Assert.Equal((MeterKind.Cumulative, "s"), (cpu.Context.Kind, cpu.Context.Unit));
        Assert.Equal(exporter.Url.Authority, cpu.Series.ResourceId);
        Assert.NotNull(cpu.Series.Dimensions["mode"]);
        var memory = taken.Samples.First(sample => sample.Series.Meter == "node_memory_MemTotal_bytes");
        Assert.Equal((MeterKind.Gauge, "B"), (memory.Context.Kind, memory.Context.Unit));
        Assert.Equal(TotalMemoryBytes(), memory.Volume);

        await exporter.StopAsync();
        await ServerProcess.WaitAsync(
            "the target to be down", TimeSpan.FromSeconds(20), () => Task.FromResult(taken.Last("up") == 0));
        await stop.CancelAsync();
        await run;
        Assert.Equal(["UP", "DOWN"], taken.Observations.Select(seen => seen.State));
        Assert.Equal("Connection refused", taken.Observations[^1].Properties["reason"]);
        Assert.Contains("is down: Connection refused", taken.Said.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_that_a_real_Prometheus_shows_of_itself_is_scraped()
    {
        await using var prometheus = ExporterProcess.Prometheus();
        await prometheus.ReadyAsync();
        var (text, _) = await prometheus.ShowAsync("text/plain");
        var taken = await ScrapedAsync(prometheus.Url);
        var shown = Regex.Matches(text, "^[a-z][a-z0-9_]*(?=.* (?!NaN$)[^ ]+$)", RegexOptions.Multiline)
            .Select(match => match.Value).ToHashSet();
        Assert.Empty(shown.Except(taken.Samples.Select(sample => sample.Series.Meter)));
        var bucket = taken.Samples.First(sample =>
            sample.Series.Meter == "prometheus_http_request_duration_seconds_bucket"
            && sample.Series.Dimensions["le"] == "+Inf");
        Assert.Equal(MeterKind.Cumulative, bucket.Context.Kind);
    }

    [Fact]
    public async Task OpenMetrics_of_the_reference_client_library_is_read()
    {
        var folder = Directory.CreateTempSubdirectory("ops-shop-").FullName;
        var port = LoopbackPort.Free();
        using (ClientProgram.Start(folder, port))
        {
            var url = new Uri($"http://127.0.0.1:{port}/metrics");
            await AnswersAsOpenMetricsAsync(url);
            var taken = await ScrapedAsync(url);
            Sample Of(string meter, string? label = null, string? value = null) => taken.Samples.First(sample =>
                sample.Series.Meter == meter && (label is null || sample.Series.Dimensions[label] == value));
            var requests = Of("shop_requests_total", "code", "200");
            Assert.Equal((MeterKind.Cumulative, 7.0), (requests.Context.Kind, requests.Volume));
            Assert.Equal("a \"b\" \\ c\nd", requests.Series.Dimensions["path"]);
            Assert.Equal((21.5, "C"), (
                Of("shop_temperature_celsius").Volume, Of("shop_temperature_celsius").Context.Unit));
            Assert.Equal(1, Of("shop_latency_seconds_bucket", "le", "0.1").Volume);
            Assert.Equal(2, Of("shop_latency_seconds_bucket", "le", "+Inf").Volume);
            Assert.Equal((5.05, "s"), (
                Of("shop_latency_seconds_sum").Volume, Of("shop_latency_seconds_sum").Context.Unit));
            Assert.Equal(MeterKind.Cumulative, Of("shop_size_bytes_count").Context.Kind);
            Assert.Equal(MeterKind.Gauge, Of("shop_size_bytes_created").Context.Kind);
            Assert.Equal("1.2", Of("shop_build_info").Series.Dimensions["version"]);
            Assert.Equal(1, Of("shop_state", "shop_state", "closed").Volume);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_polling_source_scrapes_a_real_exporter_on_its_beat()
    {
        await using var exporter = ExporterProcess.Node();
        await exporter.ReadyAsync();
        var taken = new TakenSamples();
        using var pollster = new PrometheusPollster(new ScrapeOptions(), TimeProvider.System);
        var source = new PollingSource("exporters", TimeSpan.FromSeconds(1), new MeterSelection("prometheus"))
        {
            Resources = [$"prometheus://{exporter.Url.Authority}/metrics"],
        };
        using var agent = new PollingAgent(
            new PollingOptions { Spread = TimeSpan.Zero }, new PollingConfig([source]), [pollster], [], taken.Outlets);
        using var stop = new CancellationTokenSource();
        var run = agent.RunAsync(stop.Token);
        await ServerProcess.WaitAsync(
            "three rounds", TimeSpan.FromSeconds(20), () => Task.FromResult(agent.Counts.Rounds >= 3));
        await stop.CancelAsync();
        await run;
        var loads = taken.Samples.Where(sample => sample.Series.Meter == "node_load1").Take(2).ToList();
        Assert.Same(loads[0].Series, loads[1].Series);
        Assert.Same(loads[0].Context, loads[1].Context);
        Assert.InRange(loads[1].TimestampNs - loads[0].TimestampNs, 500_000_000, 1_500_000_000);
        Assert.Equal(0, agent.Counts.Failures);
        Assert.Equal("UP", taken.Observations[0].State);
    }

    [Fact]
    public async Task A_real_web_page_is_checked()
    {
        await using var prometheus = ExporterProcess.Prometheus();
        await prometheus.ReadyAsync();
        var taken = new TakenSamples();
        var check = new HttpCheck("healthy", new Uri(prometheus.Url, "/-/healthy"))
        {
            Interval = TimeSpan.FromSeconds(1),
            Expect = new HttpExpectation
            {
                BodyContains = "Healthy", BodyRegex = new Regex("^Prom.* is Healthy", RegexOptions.NonBacktracking),
            },
        };
        using var collector = new HttpCheckCollector(new HttpCheckOptions { Checks = [check] }, taken.Outlets);
        using var stop = new CancellationTokenSource();
        var run = collector.RunAsync(stop.Token);
        await ServerProcess.WaitAsync(
            "the page to be up", TimeSpan.FromSeconds(20), () => Task.FromResult(taken.Last("http.check.up") == 1));
        Assert.Equal(200, taken.Last("http.check.status"));
        Assert.InRange(taken.Last("http.check.duration_ms")!.Value, 0.01, 10_000);
        await prometheus.StopAsync();
        await ServerProcess.WaitAsync(
            "the page to be down", TimeSpan.FromSeconds(20), () => Task.FromResult(taken.Last("http.check.up") == 0));
        await stop.CancelAsync();
        await run;
        Assert.Equal(["UP", "DOWN"], taken.Observations.Select(seen => seen.State));
    }

    /// <summary>What one scrape of a server gives; nothing may be said against it.</summary>
    private static async Task<TakenSamples> ScrapedAsync(Uri url)
    {
        var taken = new TakenSamples();
        using var collector = new ScrapeCollector(
            new ScrapeOptions { Targets = [new ScrapeTarget(url)] }, taken.Outlets);
        using var stop = new CancellationTokenSource();
        var run = collector.RunAsync(stop.Token);
        await ServerProcess.WaitAsync(
            "a scrape", TimeSpan.FromSeconds(20), () => Task.FromResult(taken.Last("up") is not null));
        await stop.CancelAsync();
        await run;
        Assert.Empty(taken.Said);
        Assert.Equal(1, taken.Last("up"));
        return taken;
    }

    private static async Task AnswersAsOpenMetricsAsync(Uri url)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.TryAddWithoutValidation("Accept", "application/openmetrics-text;version=1.0.0");
        await ServerProcess.WaitAsync($"{url} to answer", TimeSpan.FromSeconds(20), async () =>
        {
            using var answer = await http.GetAsync(url);
            return answer.Content.Headers.ContentType?.MediaType == "application/openmetrics-text"
                && (await answer.Content.ReadAsStringAsync()).EndsWith("# EOF\n", StringComparison.Ordinal);
        });
    }

    private static double TotalMemoryBytes()
    {
        var total = Regex.Match(File.ReadAllText("/proc/meminfo"), "^MemTotal: +([0-9]+)", RegexOptions.Multiline);
        return double.Parse(total.Groups[1].Value, CultureInfo.InvariantCulture) * 1024;
    }
}

using System.IO.Compression;
using System.Text;
using Ops.Collectors.Polling;
using Ops.Collectors.Scrape;
using Ops.Model;
using Ops.Unit.Collectors.Polling;
using Xunit;

namespace Ops.Unit.Collectors.Scrape;

public sealed class ScrapeCollectorTests : IAsyncDisposable
{
    private readonly PollRig _rig = new();
    private readonly WebPeer _peer = new();
    private readonly List<IDisposable> _parts = [];

    private ScrapeTarget Target => new(_peer.Url)
    {
        Name = "web", Timeout = TimeSpan.FromSeconds(10), Headers = [KeyValuePair.Create("X-Token", "secret")],
    };

    public async ValueTask DisposeAsync()
    {
        _parts.ForEach(part => part.Dispose());
        _rig.Dispose();
        await _peer.DisposeAsync();
    }

    [Fact]
    public async Task What_a_target_shows_is_handed_over_with_its_time()
    {
        _peer.Answers = (_, stream) => WebPeer.WriteAsync(
            stream, 200, "# TYPE r_total counter\nr_total{code=\"200\"} 7\nt 1 1395066363000\n");
        await Loop(Target).ScrapeAsync(CancellationToken.None);
        var (counter, timed) = (_rig.Sink.Samples[0], _rig.Sink.Samples[1]);
        Assert.Equal($"r_total{{127.0.0.1:{_peer.Port},code=200}}", counter.Series.ToString());
        Assert.Equal((MeterKind.Cumulative, 7.0), (counter.Context.Kind, counter.Volume));
        Assert.Equal(PollRig.Start.ToUnixNs(), counter.TimestampNs);
        Assert.False(double.IsNaN(counter.MonotonicSeconds));
        Assert.Equal(1395066363000000000, timed.TimestampNs);
        Assert.Equal(1, _rig.Sink.Last("up", $"127.0.0.1:{_peer.Port}"));
        Assert.Equal(2, _rig.Sink.Last("scrape_samples_scraped"));
        Assert.Equal(2, _rig.Sink.Last("scrape_series_added"));
        var seen = _rig.Sink.Observations.Single();
        Assert.Equal(("prometheus.target", "web", "UP"), (seen.Entity.Type, seen.Name, seen.State));
        Assert.Contains("\r\nX-Token: secret\r\n", _peer.Requests[0], StringComparison.Ordinal);
        Assert.Contains("\r\nAccept: application/openmetrics-text;", _peer.Requests[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_target_that_fails_is_down_until_it_answers_again()
    {
        var loop = Loop(Target);
        await loop.ScrapeAsync(CancellationToken.None);
        _peer.Answers = (_, stream) => WebPeer.WriteAsync(stream, 503, "");
        await loop.ScrapeAsync(CancellationToken.None);
        await loop.ScrapeAsync(CancellationToken.None);
        _peer.Answers = (_, stream) => WebPeer.WriteAsync(stream, 200, "a 1\nb oops\n");
        await loop.ScrapeAsync(CancellationToken.None);
        _peer.Answers = (_, stream) => WebPeer.WriteAsync(stream, 200, "b 1\n");
        await loop.ScrapeAsync(CancellationToken.None);
        Assert.Equal([1, 0, 0, 0, 1.0], Volumes("up"));
        Assert.Equal([0, 0, 0, 0, 1.0], Volumes("scrape_series_vanished"));
        Assert.Single(Volumes("a"));
        Assert.Equal(
            ["UP ", "DOWN answered 503", "DOWN line 2: 'oops' is no value: 'b oops'", "UP "],
            _rig.Sink.Observations.Select(seen => $"{seen.State} {seen.Properties["reason"]}"));
        Assert.Equal(
            [
                $"scrape: target 'web' (http://127.0.0.1:{_peer.Port}/metrics) is down: answered 503",
                "scrape: target 'web' is up again",
            ],
            _rig.Said);
    }

    [Fact]
    public async Task A_target_that_answers_a_byte_at_a_time_is_given_up()
    {
        _peer.Answers = async (_, stream) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\n\r\na 1\n"u8.ToArray());
            for (var i = 0; i < 1000; i++)
            {
                await stream.WriteAsync("#"u8.ToArray());
                await Task.Delay(20);
            }
        };
        var loop = Loop(Target);
        var scrape = loop.ScrapeAsync(CancellationToken.None);
        await PollRig.UntilAsync(() => _peer.Requests.Count == 1);
        _rig.Time.Advance(TimeSpan.FromSeconds(10));
        await scrape.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal("no answer within 10 s", loop.Problem);
        Assert.Equal([0.0], Volumes("up"));
    }

    [Fact]
    public async Task A_body_past_the_limit_is_refused_packed_or_not()
    {
        var loop = Loop(Target, new ScrapeOptions { BodyMegabytesMax = 1 });
        var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            await gzip.WriteAsync(Encoding.ASCII.GetBytes(new string('#', 40 << 20)));
        }

        _peer.Answers = async (_, stream) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(
                $"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {packed.Length}\r\n\r\n"));
            await stream.WriteAsync(packed.ToArray());
        };
        await loop.ScrapeAsync(CancellationToken.None);
        Assert.Equal("answered more than 1 MB", loop.Problem);
        _peer.Answers = (_, stream) => WebPeer.WriteAsync(stream, 200, new string('#', (1 << 20) + 1));
        await loop.ScrapeAsync(CancellationToken.None);
        Assert.Equal("answered more than 1 MB", loop.Problem);
        _peer.Answers = (_, stream) => WebPeer.WriteAsync(stream, 200, new string('#', 1 << 20));
        await loop.ScrapeAsync(CancellationToken.None);
        Assert.Null(loop.Problem);
    }

    [Fact]
    public async Task A_redirection_is_followed_and_takes_no_secrets_to_another_server()
    {
        await using var other = new WebPeer();
        _peer.Answers = (head, stream) => head.StartsWith("GET /metrics ", StringComparison.Ordinal)
            ? WebPeer.WriteAsync(stream, 302, "", "Location: /there\r\n")
            : WebPeer.WriteAsync(stream, 307, "", $"Location: {other.Url}\r\n");
        var loop = Loop(Target);
        await loop.ScrapeAsync(CancellationToken.None);
        Assert.Null(loop.Problem);
        Assert.Equal(2, _peer.Requests.Count);
        Assert.All(_peer.Requests, head => Assert.Contains("X-Token: secret", head, StringComparison.Ordinal));
        Assert.DoesNotContain("X-Token", other.Requests.Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Location: /metrics\r\n", "redirects more than 5 times")]
    [InlineData("Location: file:///etc/passwd\r\n", "redirects to 'file', which is neither http nor https")]
    [InlineData("", "answered 302")]
    public async Task A_redirection_that_leads_nowhere_is_a_fault(string location, string expected)
    {
        _peer.Answers = (_, stream) => WebPeer.WriteAsync(stream, 302, "", location);
        var loop = Loop(Target);
        await loop.ScrapeAsync(CancellationToken.None);
        Assert.Equal(expected, loop.Problem);
    }

    [Theory]
    [InlineData("text/plain; charset=utf-8", "ä", null)]
    [InlineData("text/plain; charset=ISO-8859-1", "Ã¤", null)]
    [InlineData("text/plain; charset=utf-16", null, "answered in charset 'utf-16'; utf-8 and iso-8859-1 are read")]
    [InlineData("application/openmetrics-text; version=1.0.0; charset=utf-8", null, "the text ends without '# EOF'")]
    public async Task The_type_of_the_answer_says_how_it_is_read(string type, string? label, string? problem)
    {
        _peer.Answers = (_, stream) => WebPeer.WriteAsync(
            stream, 200, "a{b=\"ä\"} 1\n", $"Content-Type: {type}\r\n");
        var loop = Loop(Target);
        await loop.ScrapeAsync(CancellationToken.None);
        Assert.Equal(problem, loop.Problem);
        Assert.Equal(label, _rig.Sink.Samples.Find(sample => sample.Series.Meter == "a").Series?.Dimensions["b"]);
    }

    [Fact]
    public async Task A_port_that_nobody_listens_on_is_said_in_the_status()
    {
        var target = Target;
        await _peer.DisposeAsync();
        using var collector = new ScrapeCollector(new ScrapeOptions { Targets = [target] }, _rig.Outlets);
        using var stop = new CancellationTokenSource();
        var run = collector.RunAsync(stop.Token);
        await PollRig.UntilAsync(() => collector.Counts.Samples > 0);
        await stop.CancelAsync();
        await run;
        Assert.Equal(
            "0 of 1 targets up: 5 samples of 0 series; down: web (Connection refused)", collector.Status().Detail);
        Assert.False(collector.Status().Ok);
    }

    [Fact]
    public async Task One_target_that_hangs_holds_up_no_other()
    {
        await using var hanging = new WebPeer { Answers = (_, _) => Task.Delay(Timeout.Infinite) };
        var options = new ScrapeOptions { Targets = [new ScrapeTarget(hanging.Url), Target] };
        using var collector = new ScrapeCollector(options, _rig.Outlets with { Time = TimeProvider.System });
        using var stop = new CancellationTokenSource();
        var run = collector.RunAsync(stop.Token);
        await PollRig.UntilAsync(() => collector.Counts.Samples > 0);
        Assert.Equal([1.0], Volumes("up"));
        Assert.StartsWith("1 of 2 targets up: 6 samples", collector.Status().Detail, StringComparison.Ordinal);
        await stop.CancelAsync();
        await run;
    }

    [Fact]
    public async Task New_series_past_the_limit_are_dropped_and_said()
    {
        for (var i = 0; i < 995; i++)
        {
            _rig.Catalog.Intern($"m{i}", "r");
        }

        _peer.Answers = (_, stream) => WebPeer.WriteAsync(stream, 200, "a 1\nb 1\n");
        await Loop(Target, new ScrapeOptions { SeriesMax = 1000 }).ScrapeAsync(CancellationToken.None);
        Assert.Equal(5, _rig.Sink.Samples.Count);
        Assert.Equal(["scrape: there are 1000 series already; samples of new ones are dropped"], _rig.Said);
    }

    [Fact]
    public async Task A_polling_source_scrapes_its_resources()
    {
        using var pollster = new PrometheusPollster(new ScrapeOptions(), _rig.Time);
        var round = new PollRound(PollRig.Start);
        _peer.Answers = (_, stream) => WebPeer.WriteAsync(stream, 200, "# TYPE r counter\nr{code=\"200\"} 7\n");
        await pollster.PollAsync(
            round,
            [
                new PollResource($"prometheus://127.0.0.1:{_peer.Port}"), new PollResource("prometheus://"),
                new PollResource("snmp://x"),
            ],
            CancellationToken.None);
        var findings = round.Take();
        Assert.Equal(["prometheus://", "snmp://x"], findings.Failed.Select(resource => resource.Key).Order());
        var sample = findings.Samples.Single(sample => sample.Meter == "r");
        Assert.Equal((MeterKind.Cumulative, 7.0), (sample.Kind, sample.Volume));
        Assert.Equal(($"127.0.0.1:{_peer.Port}", "code=200"), (sample.ResourceId, sample.Dimensions.ToString()));
        Assert.Equal(1, findings.Samples.Single(one => one.Meter == "up").Volume);
        Assert.Equal("UP", findings.Observations.Single().State);

        _peer.Answers = (_, stream) => WebPeer.WriteAsync(stream, 500, "");
        await pollster.PollAsync(
            round, [new PollResource($"prometheus://127.0.0.1:{_peer.Port}")], CancellationToken.None);
        findings = round.Take();
        Assert.Equal("answered 500", findings.Passing.Single().Problem);
        Assert.Equal([("up", 0.0)], findings.Samples.Select(one => (one.Meter, one.Volume)));
    }

    [Theory]
    [InlineData("prometheus://h:1", "http://h:1/metrics")]
    [InlineData("prometheus://h/x?y=1", "http://h/x?y=1")]
    [InlineData("prometheus+https://h:1/x", "https://h:1/x")]
    [InlineData("prometheus://u:p@h", null)]
    [InlineData("http://h", null)]
    public void A_resource_is_an_address_of_the_web(string key, string? url) =>
        Assert.Equal(url, PrometheusPollster.UrlOf(key)?.ToString());

    private double[] Volumes(string meter) =>
        [.. _rig.Sink.Samples.ToArray().Where(one => one.Series?.Meter == meter).Select(one => one.Volume)];

    private TargetLoop Loop(ScrapeTarget target, ScrapeOptions? options = null)
    {
        var loop = new TargetLoop(
            target, options ?? new ScrapeOptions(), _rig.Outlets, new TroubleLog(_rig.Outlets.Report),
            new ScrapeTally());
        _parts.Add(loop);
        return loop;
    }
}

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ops.Collectors.HttpChecks;
using Ops.Collectors.Polling;
using Ops.Unit.Collectors.Polling;
using Ops.Unit.Collectors.Scrape;
using Xunit;

namespace Ops.Unit.Collectors.HttpChecks;

public sealed class HttpCheckCollectorTests : IAsyncDisposable
{
    private readonly PollRig _rig = new();
    private readonly WebPeer _peer = new() { Answers = (_, stream) => WebPeer.WriteAsync(stream, 200, "all is well") };
    private readonly List<IDisposable> _parts = [];

    private HttpCheck Check => new("shop", new Uri($"http://127.0.0.1:{_peer.Port}/health?token=x"));

    public async ValueTask DisposeAsync()
    {
        _parts.ForEach(part => part.Dispose());
        _rig.Dispose();
        await _peer.DisposeAsync();
    }

    [Fact]
    public async Task A_good_answer_is_up_with_its_status_and_duration()
    {
        await Loop(Check with { Headers = [KeyValuePair.Create("X-Key", "k")] }).CheckAsync(CancellationToken.None);
        Assert.Equal(
            ["http.check.up", "http.check.duration_ms", "http.check.status"],
            _rig.Sink.Samples.Select(sample => sample.Series.ToString()[..^6]));
        Assert.Equal(1, _rig.Sink.Last("http.check.up", "shop"));
        Assert.Equal(200, _rig.Sink.Last("http.check.status", "shop"));
        Assert.All(_rig.Sink.Samples, sample => Assert.Equal("http.check", sample.Context.ResourceType));
        var seen = _rig.Sink.Observations.Single();
        Assert.Equal(("http.check:shop", "UP"), (seen.Entity.ToString(), seen.State));
        Assert.Equal($"http://127.0.0.1:{_peer.Port}/health", seen.Properties["url"]);
        Assert.StartsWith("GET /health?token=x HTTP/1.1\r\n", _peer.Requests.Single(), StringComparison.Ordinal);
        Assert.Contains("\r\nX-Key: k\r\n", _peer.Requests.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_is_not_as_expected_is_down_with_its_reason()
    {
        var loop = Loop(Check with { Expect = new HttpExpectation { BodyContains = "well" } });
        await loop.CheckAsync(CancellationToken.None);
        _peer.Answers = (_, stream) => WebPeer.WriteAsync(stream, 500, "oh");
        await loop.CheckAsync(CancellationToken.None);
        await loop.CheckAsync(CancellationToken.None);
        _peer.Answers = (_, stream) => WebPeer.WriteAsync(stream, 200, "so so");
        await loop.CheckAsync(CancellationToken.None);
        _peer.Answers = (_, stream) => WebPeer.WriteAsync(stream, 200, "well");
        await loop.CheckAsync(CancellationToken.None);
        Assert.Equal(
            ["UP ", "DOWN answered 500, expected 2xx", "DOWN the body does not contain 'well'", "UP "],
            _rig.Sink.Observations.Select(seen => $"{seen.State} {seen.Properties["reason"]}"));
        Assert.Equal(
            [1, 0, 0, 0, 1.0],
            _rig.Sink.Samples.Where(one => one.Series.Meter == "http.check.up").Select(one => one.Volume));
        Assert.Equal(
            [
                $"http_checks: 'shop' (http://127.0.0.1:{_peer.Port}/health) is down: answered 500, expected 2xx",
                "http_checks: 'shop' is up again",
            ],
            _rig.Said);
    }

    [Fact]
    public async Task The_method_and_body_are_sent()
    {
        await Loop(Check with { Method = HttpMethod.Post, Body = "{\"ping\":1}" }).CheckAsync(CancellationToken.None);
        Assert.StartsWith("POST /health", _peer.Requests.Single(), StringComparison.Ordinal);
        Assert.Contains("Content-Length: 10\r\n", _peer.Requests.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_check_makes_a_connection_of_its_own()
    {
        _peer.Answers = async (_, stream) =>
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
        var loop = Loop(Check);
        await loop.CheckAsync(CancellationToken.None);
        await loop.CheckAsync(CancellationToken.None);
        Assert.Null(loop.Problem);
        Assert.Equal(2, _peer.Requests.Count);
    }

    [Theory]
    [InlineData(true, null)]
    [InlineData(false, "answered 302, expected 2xx")]
    public async Task Redirections_are_followed_where_they_are_wanted(bool follows, string? problem)
    {
        _peer.Answers = (head, stream) => head.Contains("/health", StringComparison.Ordinal)
            ? WebPeer.WriteAsync(stream, 302, "", "Location: /login\r\n")
            : WebPeer.WriteAsync(stream, 200, "");
        var loop = Loop(Check with { FollowsRedirections = follows });
        await loop.CheckAsync(CancellationToken.None);
        Assert.Equal(problem, loop.Problem);
    }

    [Fact]
    public async Task A_body_is_not_sent_to_another_server()
    {
        await using var other = new WebPeer();
        _peer.Answers = (_, stream) => WebPeer.WriteAsync(stream, 307, "", $"Location: {other.Url}\r\n");
        var loop = Loop(Check with { Method = HttpMethod.Post, Body = "secret" });
        await loop.CheckAsync(CancellationToken.None);
        Assert.Equal("redirects the body to another server, which is not followed", loop.Problem);
        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task An_answer_that_does_not_end_is_down()
    {
        _peer.Answers = async (_, stream) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\n\r\nx"u8.ToArray());
            await Task.Delay(Timeout.Infinite);
        };
        var loop = Loop(Check);
        var check = loop.CheckAsync(CancellationToken.None);
        await PollRig.UntilAsync(() => _peer.Requests.Count == 1);
        _rig.Time.Advance(TimeSpan.FromSeconds(10));
        await check.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal("no answer within 10 s", loop.Problem);
        Assert.Equal(10_000, _rig.Sink.Last("http.check.duration_ms"));
    }

    [Fact]
    public async Task Of_a_long_body_only_the_first_part_is_judged()
    {
        _peer.Answers = (_, stream) => WebPeer.WriteAsync(stream, 200, new string('x', 5000) + "well");
        var expect = new HttpExpectation { BodyContains = "well" };
        var loop = Loop(Check with { Expect = expect }, new HttpCheckOptions { BodyKilobytesMax = 4 });
        await loop.CheckAsync(CancellationToken.None);
        Assert.Equal("the body does not contain 'well'", loop.Problem);
    }

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, "the certificate is not valid: it is for another name, its authority is not trusted")]
    public async Task The_days_that_a_certificate_has_left_are_measured_even_where_it_is_not_trusted(
        bool verifies, string? problem)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=shop", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(PollRig.Start.AddYears(-20), PollRig.Start.AddDays(20_000.5));
        await using var peer = new WebPeer { Certificate = certificate };
        var loop = Loop(new HttpCheck("tls", peer.Url) { VerifiesCertificate = verifies });
        await loop.CheckAsync(CancellationToken.None);
        Assert.Equal(problem, loop.Problem);
        Assert.Equal(20_000.5, _rig.Sink.Last("http.check.tls_days_left")!.Value, 3);
        Assert.Equal(verifies ? 0 : 1, _rig.Sink.Last("http.check.up"));
    }

    [Fact]
    public async Task The_status_names_what_is_down()
    {
        var options = new HttpCheckOptions { Checks = [Check, new HttpCheck("gone", new Uri("http://127.0.0.1:1/"))] };
        using var collector = new HttpCheckCollector(options, _rig.Outlets with { Time = TimeProvider.System });
        using var stop = new CancellationTokenSource();
        var run = collector.RunAsync(stop.Token);
        await PollRig.UntilAsync(() => collector.Status().Detail.Contains(": 2 checks", StringComparison.Ordinal));
        await stop.CancelAsync();
        await run;
        Assert.Equal("1 of 2 up: 2 checks; down: gone (Connection refused)", collector.Status().Detail);
    }

    private HttpCheckLoop Loop(HttpCheck check, HttpCheckOptions? options = null)
    {
        var loop = new HttpCheckLoop(
            check, options ?? new HttpCheckOptions(), _rig.Outlets, new TroubleLog(_rig.Outlets.Report));
        _parts.Add(loop);
        return loop;
    }
}

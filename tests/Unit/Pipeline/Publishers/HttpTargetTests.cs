using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Ops.Model;
using Ops.Pipeline.Events;
using Ops.Pipeline.Publishers;
using Xunit;

namespace Ops.Unit.Pipeline.Publishers;

/// <summary>Against a real server on the loopback address.</summary>
public sealed class HttpTargetTests : IAsyncLifetime
{
    private readonly SeriesCatalog _catalog = new();
    private readonly List<(string Target, string Body, string? Authorization, string? Type)> _requests = [];
    private readonly Queue<int> _answers = [];
    private WebApplication? _server;
    private string _place = "";

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _server = builder.Build();
        _server.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var request = context.Request;
            _requests.Add((
                request.Path + request.QueryString, await reader.ReadToEndAsync(), request.Headers.Authorization,
                    request.ContentType));
            var answer = _answers.TryDequeue(out var next) ? next : 202;
            if (answer == 0)
            {
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
            }

            context.Response.StatusCode = answer;
            if (answer == 503)
            {
                context.Response.Headers.RetryAfter = "7";
            }
        });
        await _server.StartAsync();
        _place = new Uri(_server.Urls.First()).Authority;
    }

    public async ValueTask DisposeAsync() => await _server!.DisposeAsync();

    [Fact]
    public async Task A_batch_is_one_array_and_our_own_parameters_stay_home()
    {
        var counts = await Publish(
            $"http://user:p%40ss@{_place}/in?key=a%20b&timeout=2&batch=True&verify_ssl=True&raw_only", 2);
        Assert.Equal((2, 2), (counts.Received, counts.Sent));
        var (target, body, authorization, type) = Assert.Single(_requests);
        Assert.Equal("/in?key=a%20b", target);
        Assert.Equal("application/json", type);
        Assert.Equal("Basic dXNlcjpwQHNz", authorization);
        Assert.Equal([0.0, 1], JsonNode.Parse(body)!.AsArray().Select(sample => sample!["volume"]!.GetValue<double>()));
        Assert.StartsWith("""[{"name":"m","type":"gauge","unit":"B","volume":0,"resource_id":"r1",""", body);
    }

    [Fact]
    public async Task Without_batch_each_sample_is_a_request_and_a_retry_goes_on_where_it_failed()
    {
        _answers.Enqueue(200);
        _answers.Enqueue(500);
        var counts = await Publish($"http://{_place}/?batch=False&max_retries=1", 3);
        Assert.Equal(3, counts.Sent);
        Assert.Equal(
            [0.0, 1, 1, 2], _requests.Select(request => JsonNode.Parse(request.Body)!["volume"]!.GetValue<double>()));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(429)]
    [InlineData(408)]
    public async Task An_answer_that_may_change_is_tried_again(int status)
    {
        _answers.Enqueue(status);
        Assert.Equal(1, (await Publish($"http://{_place}/?max_retries=1", 1)).Sent);
        Assert.Equal(2, _requests.Count);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(302)]
    public async Task A_refusal_is_final(int status)
    {
        _answers.Enqueue(status);
        var counts = await Publish($"http://{_place}/?max_retries=5", 4);
        Assert.Equal(4, counts.Dropped["refused"]);
        Assert.Single(_requests);
    }

    [Fact]
    public async Task No_answer_in_time_is_a_failure()
    {
        _answers.Enqueue(0);
        var counts = await Publish($"http://{_place}/?timeout=0.05&max_retries=0", 1);
        Assert.Equal(1, counts.Dropped["failed"]);
        Assert.Equal(["publisher 'http://" + _place + "/' dropped 1 samples so far (failed): no answer within 0.05 s"],
            _warnings);
    }

    [Fact]
    public async Task A_server_that_is_away_is_a_failure()
    {
        await _server!.StopAsync();
        var counts = await Publish($"http://{_place}/?max_retries=0", 1);
        Assert.Equal(1, counts.Dropped["failed"]);
        Assert.Single(_warnings);
    }

    [Fact]
    public async Task The_answers_wish_to_be_left_alone_is_passed_on()
    {
        _answers.Enqueue(503);
        await using var target = Target($"http://{_place}/");
        using var batch = Some.Batch(_catalog.Sample("m", 1));
        Assert.Equal(
            PublishResult.Passing("answered 503", TimeSpan.FromSeconds(7)), await target.SendAsync(batch, default));
    }

    [Fact]
    public async Task Without_batch_a_refusal_counts_only_what_was_not_taken()
    {
        _answers.Enqueue(200);
        _answers.Enqueue(400);
        var counts = await Publish($"http://{_place}/?batch=False", 3);
        Assert.Equal((1, 2), (counts.Sent, counts.Dropped["refused"]));
    }

    [Fact]
    public async Task Events_are_posted_as_they_are_or_as_their_raw_payload()
    {
        Event[] events =
        [
            new("1", "a", 0, [], """{"payload":{"x":1}}"""), new("2", "b", 0, []),
            new("3", "c", 0, [], """{"payload":[2]}"""),
        ];
        await using var whole = new HttpEventTarget(Options($"http://{_place}/"), TimeProvider.System);
        Assert.Equal(PublishResult.Sent, await whole.SendAsync(events, default));
        Assert.Equal(
            ["1", "2", "3"],
            JsonNode.Parse(_requests[0].Body)!.AsArray().Select(one => one!["message_id"]!.GetValue<string>()));
        await using var raw = new HttpEventTarget(Options($"http://{_place}/?raw_only=True"), TimeProvider.System);
        Assert.Equal(
            PublishResult.SentBut(1, "an event has no raw notification"), await raw.SendAsync(events, default));
        Assert.Equal("""[{"x":1},[2]]""", _requests[1].Body);
        Assert.Equal(
            PublishResult.Refused("an event has no raw notification"), await raw.SendAsync([events[1]], default));
    }

    private readonly List<string> _warnings = [];

    private static HttpTargetOptions Options(string address) =>
        HttpTargetOptions.From(PublisherAddress.Parse(address));

    private static HttpTarget Target(string address) => new(Options(address), TimeProvider.System);

    private async Task<PublisherCounts> Publish(string address, int count)
    {
        var parsed = PublisherAddress.Parse(address);
        var queue = QueueOptions.From(parsed);
        queue = new QueueOptions { RetriesMax = queue.RetriesMax, RetryDelay = TimeSpan.FromMilliseconds(1) };
        var target = new HttpTarget(HttpTargetOptions.From(parsed), TimeProvider.System);
        var publisher = new QueuedPublisher(
            PublisherAddress.WithoutSecrets(address), target, queue, TimeProvider.System, _warnings.Add);
        using var batch = Some.Batch([.. Enumerable.Range(0, count).Select(i => _catalog.Sample("m", i))]);
        await publisher.PublishAsync(batch, default);
        await publisher.DisposeAsync();
        Assert.True(publisher.Counts.Balances);
        return publisher.Counts;
    }
}

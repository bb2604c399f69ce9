using Ops.Model;
using Ops.Server.Api;
using Xunit;

namespace Ops.Unit.Server.Api;

public sealed class LiveEndpointsTests
{
    [Fact]
    public async Task What_happens_is_streamed_and_silence_is_filled_with_heartbeats()
    {
        await using var host = await ApiHost.StartAsync();
        using var answer = await host.Client.GetAsync("/api/v1/events", HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.ToString());
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync());
        Assert.Equal("retry: 3000", await lines.ReadLineAsync());
        Assert.Equal(": this stream tells what happens from now on", await lines.ReadLineAsync());
        Assert.Equal("", await lines.ReadLineAsync());

        host.View.Happenings.Writer.TryWrite(new LiveEvent("entity", FakeOpsView.Noon, "nginx is DOWN"));
        Assert.Equal("event: entity", await lines.ReadLineAsync());
        Assert.Equal(
            "data: {\"kind\":\"entity\",\"at\":\"2026-01-02T12:00:00Z\",\"text\":\"nginx is DOWN\",\"alarm\":null}",
            await lines.ReadLineAsync());
        Assert.Equal("", await lines.ReadLineAsync());

        var heartbeat = lines.ReadLineAsync();
        while (!heartbeat.IsCompleted)
        {
            host.Time.Advance(ApiLimits.Heartbeat);
            await Task.Delay(5);
        }

        Assert.Equal(": heartbeat", await heartbeat);
    }

    [Fact]
    public async Task The_stream_ends_when_nothing_can_happen_any_more()
    {
        await using var host = await ApiHost.StartAsync();
        host.View.Happenings.Writer.TryWrite(new LiveEvent("alarm", FakeOpsView.Noon, "gone", FakeOpsView.Gone));
        host.View.Happenings.Writer.Complete();
        var (status, body) = await host.GetAsync("/api/v1/events");
        Assert.Equal(200, status);
        Assert.Contains("\"alarm\":{\"id\":\"a1b2c3\"", body);
        Assert.EndsWith("\n\n", body);
    }

    [Fact]
    public async Task There_is_a_limit_on_streams_and_places_come_free()
    {
        await using var host = await ApiHost.StartAsync();
        var open = new List<HttpResponseMessage>();
        for (var i = 0; i < ApiLimits.LiveStreamsMax; i++)
        {
            open.Add(await host.Client.GetAsync("/api/v1/events", HttpCompletionOption.ResponseHeadersRead));
        }

        var (status, body) = await host.GetAsync("/api/v1/events");
        Assert.Equal(503, status);
        Assert.Contains("100 live streams are open, which is the most there may be", body);
        open.ForEach(answer => answer.Dispose());
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (true)
        {
            using var again = await host.Client.GetAsync(
                "/api/v1/events", HttpCompletionOption.ResponseHeadersRead, limit.Token);
            if ((int)again.StatusCode == 200)
            {
                return;
            }

            await Task.Delay(5, limit.Token);
        }
    }
}

using System.Text.Json;
using Xunit;

namespace Ops.Unit.Server.Api;

public sealed class EventEndpointsTests
{
    private const string Day = "from=2026-01-02T00:00:00Z&to=2026-01-03T00:00:00Z";

    [Fact]
    public async Task Events_show_their_traits_typed()
    {
        await using var host = await ApiHost.StartAsync();
        var (status, body) = await host.GetAsync($"/api/v1/events/history?{Day}&limit=1");
        Assert.Equal(200, status);
        Assert.Equal(
            """
            [{"message_id":"m2","event_type":"service.update","generated":"2026-01-02T12:00:00Z",
            "traits":{"host":"h1","tries":3}}]
            """.Replace("\n", ""),
            body);
    }

    [Theory]
    [InlineData($"?{Day}", 2)]
    [InlineData($"?{Day}&type=compute.*", 1)]
    [InlineData($"?{Day}&type=image.*", 0)]
    [InlineData("?from=2026-01-02T11:59:00Z&to=2026-01-02T12:00:01Z", 1)]
    public async Task Events_are_chosen_by_type_and_time(string query, int count)
    {
        await using var host = await ApiHost.StartAsync();
        var (_, body) = await host.GetAsync("/api/v1/events/history" + query);
        using var json = JsonDocument.Parse(body);
        Assert.Equal(count, json.RootElement.GetArrayLength());
    }

    [Theory]
    [InlineData("?from=tomorrow", "parameter 'from' must be a time")]
    [InlineData("?limit=0", "parameter 'limit' must be a whole number from 1 to 10000, found '0'")]
    [InlineData("?from=2026-01-03&to=2026-01-02", "must lie before 'to'")]
    [InlineData("?typ=x", "unknown parameter 'typ'")]
    public async Task A_bad_question_is_refused(string query, string message)
    {
        await using var host = await ApiHost.StartAsync();
        var (status, body) = await host.GetAsync("/api/v1/events/history" + query);
        Assert.Equal(400, status);
        Assert.Contains(message, body, StringComparison.Ordinal);
    }
}

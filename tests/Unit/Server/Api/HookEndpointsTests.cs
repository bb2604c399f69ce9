using Xunit;

namespace Ops.Unit.Server.Api;

public sealed class HookEndpointsTests
{
    [Fact]
    public async Task What_is_taken_is_counted_in_the_answer()
    {
        await using var host = await ReceiverHost.StartAsync();
        using var answer = await host.PostAsync(
            "/hooks/nagios", """{"host":"n1","state":"DOWN"}"""u8.ToArray(), "application/json");
        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal("""{"accepted":1,"refused":0,"error":null}""", await answer.Content.ReadAsStringAsync());
        Assert.Equal("n1", Assert.Single(host.Outlets.Alarms).ResourceId);
    }

    [Theory]
    [InlineData("/hooks/nagios", "{}", 400, "what came is no alert as nagios sends it")]
    [InlineData("/hooks/nagos", "{}", 404, "there is no hook 'nagos'")]
    public async Task What_is_not_taken_is_a_problem(string path, string body, int status, string detail)
    {
        await using var host = await ReceiverHost.StartAsync();
        using var answer = await host.PostAsync(path, System.Text.Encoding.UTF8.GetBytes(body), "application/json");
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.ToString());
        Assert.Contains(detail, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}

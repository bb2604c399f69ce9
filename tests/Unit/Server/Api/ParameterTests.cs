using System.Text.Json;
using Xunit;

namespace Ops.Unit.Server.Api;

public sealed class ParameterTests
{
    [Theory]
    [InlineData("/api/v1/alarms?al=true", "al",
        "unknown parameter 'al'; allowed: all, name, severity, resource_id, resource_type, deduced, limit, offset. "
        + "Did you mean 'all'?")]
    [InlineData("/api/v1/topology?x=1", "x", "unknown parameter 'x'; allowed: none")]
    [InlineData("/api/v1/alarms?all=maybe", "all", "parameter 'all' must be true or false, found 'maybe'")]
    [InlineData("/api/v1/alarms?all=true&all=false", "all", "parameter 'all' is given 2 times")]
    [InlineData("/api/v1/alarms?limit=0", "limit", "parameter 'limit' must be a whole number from 1 to 10000, found "
        + "'0'")]
    [InlineData("/api/v1/alarms?limit=99999999999", "limit",
        "parameter 'limit' must be a whole number from 1 to 10000, found '99999999999'")]
    [InlineData("/api/v1/entities?offset=-1", "offset",
        "parameter 'offset' must be a whole number from 0 to 2147483647, found '-1'")]
    [InlineData("/api/v1/samples", "meter", "parameter 'meter' is missing")]
    [InlineData("/api/v1/samples?meter=m&aggregate=meen", "aggregate",
        "parameter 'aggregate' must be one of mean, min, max, sum, count, first, last, found 'meen'. Did you mean "
            + "'mean'?")]
    [InlineData("/api/v1/samples?meter=m&from=1600-01-01", "from",
        "parameter 'from' must lie between 1678 and 2261, found '1600-01-01'")]
    [InlineData("/api/v1/samples?meter=m&from=yesterday", "from",
        "parameter 'from' must be a time such as 2026-01-02T03:04:05Z, or a duration before now such as -15m, "
        + "found 'yesterday'")]
    [InlineData("/api/v1/samples?meter=m&every=often", "every",
        "parameter 'every' must be a duration of at least 0.001s such as 10s, 5m or 1h, found 'often'")]
    [InlineData("/api/v1/samples?meter=m&every=1ms&from=-2h", "every",
        "parameter 'every' makes more than 100000 buckets of this range; make it longer")]
    [InlineData("/api/v1/samples?meter=m&from=-1h&to=-2h", "from",
        "parameter 'from' (2026-01-02T11:00:00Z) must lie before 'to' (2026-01-02T10:00:00Z)")]
    [InlineData("/api/v1/samples?meter=m&series_max=5000", "series_max",
        "parameter 'series_max' must be a whole number from 1 to 1000, found '5000'")]
    public async Task A_faulty_parameter_is_named_with_what_is_allowed(string path, string name, string detail)
    {
        await using var host = await ApiHost.StartAsync();
        using var answer = await host.Client.GetAsync(path);
        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.ToString());
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(detail, json.RootElement.GetProperty("detail").GetString());
        Assert.Equal(name, json.RootElement.GetProperty("parameter").GetString());
        Assert.Equal(400, json.RootElement.GetProperty("status").GetInt32());
        Assert.Equal("Bad Request", json.RootElement.GetProperty("title").GetString());
    }

    [Fact]
    public async Task A_value_of_great_length_is_refused()
    {
        await using var host = await ApiHost.StartAsync();
        var (status, body) = await host.GetAsync("/api/v1/meters?name=" + new string('m', 5000));
        Assert.Equal(400, status);
        Assert.Contains("parameter 'name' is longer than 4096 characters", body);
    }
}

using System.Net;
using System.Text;
using Ops.Integration.Support;

namespace Ops.Integration;

/// <summary>What comes from outside may be broken: each case gets a clear answer, and the rest is unharmed.</summary>
public sealed class BadInputTests : IAsyncLifetime
{
    private readonly ServerProcess _server = new("bad");

    public async ValueTask InitializeAsync() => await _server.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_broken_number_drops_its_line_only()
    {
        using var answer = await _server.WriteAsync(
            "good value=1 1700000000000000000\nbad value=1x1 1700000000000000000");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("invalid number", await answer.Content.ReadAsStringAsync());
        Assert.Equal(1, (await _server.QueryAsync("SELECT value FROM good")).GetArrayLength());
    }

    [Fact]
    public async Task A_body_of_100_MB_is_refused()
    {
        using var body = new ByteArrayContent(new byte[100_000_000]);
        try
        {
            using var answer = await _server.Http.PostAsync("/write?db=test", body);
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        }
        catch (HttpRequestException)
        {
            // The server may close the connection while the body is still on its way.
        }

        Assert.Equal(HttpStatusCode.OK, (await _server.Http.GetAsync("/healthz")).StatusCode);
    }

    [Fact]
    public async Task A_meter_name_of_10_kB_is_refused()
    {
        using var answer = await _server.WriteAsync($"{new string('m', 10_000)} value=1 1700000000000000000");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("name", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_timestamp_in_1800_drops_its_line_only()
    {
        using var answer = await _server.WriteAsync(
            "old value=7 -5364662400000000000\nnew value=8 1700000000000000000");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(
            "time 1800-01-01T00:00:00Z is before 1900-01-01T00:00:00Z", await answer.Content.ReadAsStringAsync());

        Assert.Equal(1, (await _server.QueryAsync("SELECT value FROM new")).GetArrayLength());
    }

    [Theory]
    [InlineData(
        "templates/t.yaml",
        """
        metadata: {version: 3, name: t, type: standard}
        entities:
          a: {category: ALARM, name: x}
        scenarios:
          - condition: a [on] hst
            actions:
              - set_state: {target: hst, state: ERROR}

        """,
        "hst")]
    [InlineData("pipeline.yaml", "sources: [\n", "pipeline.yaml")]
    [InlineData(
        "pipeline.yaml",
        """
        sources:
          - {name: a, meters: ['*'], snks: [b]}
        sinks:
          - {name: b, publishers: ['store://']}

        """,
        "snks")]
    [InlineData(
        "alarms/a.yaml",
        "alarms:\n  - {name: a, meter: m, when: '> x', statistic: mean, window: 1m}\n",
        "when")]
    [InlineData("ops.yaml", "lissten: http://127.0.0.1:1\n", "lissten")]
    public async Task Check_names_the_place_and_the_offender(string file, string text, string offender)
    {
        _server.Configure(file, text);
        var (code, output, error) = await _server.OpsAsync("check", _server.ConfigFolder);
        Assert.Equal(1, code);
        Assert.Contains(Path.GetFileName(file), output + error);
        Assert.Contains(offender, output + error);
    }

    [Fact]
    public async Task A_configuration_broken_while_running_keeps_the_old_one_and_says_why()
    {
        _server.Configure(
            "alarms/own.yaml",
            "alarms:\n  - {name: live, meter: m, window: 0, statistic: last, when: '> 1'}\n");
        await Task.Delay(4000);
        _server.Configure("alarms/own.yaml", "alarms:\n  - {name: live, mter: m}\n");
        await ServerProcess.WaitAsync("the fault in the log", TimeSpan.FromSeconds(10),
            () => Task.FromResult(_server.Output.Contains("mter")));
        using (await _server.WriteAsync("m,resource_id=r value=2"))
        {
        }

        await ServerProcess.WaitAsync("the old rule to fire", TimeSpan.FromSeconds(10), async () =>
            (await _server.GetAsync("/api/v1/alarms")).EnumerateArray()
                .Any(alarm => alarm.GetProperty("name").GetString() == "live"));
    }

    [Fact]
    public async Task Malformed_json_and_unknown_paths_are_problem_details()
    {
        using var bad = await _server.Http.PostAsync(
            "/api/v1/samples", new StringContent("[{", Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
        Assert.Equal("application/problem+json", bad.Content.Headers.ContentType?.MediaType);
        using var missing = await _server.Http.GetAsync("/api/v1/nothing");
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.Equal("application/problem+json", missing.Content.Headers.ContentType?.MediaType);
    }
}

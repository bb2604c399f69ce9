using System.Text;
using Ops.Server.Api.Influx;
using Ops.Server.Api.Security;
using Ops.Unit.Server.Api;
using Xunit;

namespace Ops.Unit.Server.Cli;

public sealed class ClientVerbTests
{
    [Theory]
    [InlineData("/api/v1/status", "status", "--json")]
    [InlineData("/api/v1/topology", "topology", "--json")]
    [InlineData("/api/v1/alarms", "alarms", "--json")]
    [InlineData("/api/v1/alarms?all=true", "alarms", "--json", "--all")]
    [InlineData("/api/v1/alarms/d4e5f6/why", "why", "d4e5f6", "--json")]
    [InlineData("/api/v1/events/history?from=2026-01-02&limit=50", "events", "--json", "--from", "2026-01-02")]
    [InlineData("/query?q=x", "query", "x", "--json")]
    public async Task Json_is_what_the_api_answers(string path, params string[] args)
    {
        await using var server = await ApiHost.StartAsync();
        var cli = CliHost.Over(server);
        Assert.Equal(0, await cli.RunAsync(args));
        Assert.Equal((await server.GetAsync(path)).Body, cli.Output.ToString().TrimEnd('\n'));
    }

    [Fact]
    public async Task Alarms_are_a_table()
    {
        await using var server = await ApiHost.StartAsync();
        var cli = CliHost.Over(server);
        Assert.Equal(0, await cli.RunAsync("alarms"));
        var lines = Lines(cli);
        Assert.Matches(@"Id\s+.*Severity\s+.*Alarm\s+.*On\s+.*State\s+.*Since\s+.*Reason", lines[0]);
        Assert.Matches(
            @"a1b2c3 .* CRITICAL .* service gone .* service nginx \(nginx:80\) .* alarm .* 2026-01-02T12:00:00Z .* "
            + "machine.service.up last 0 < 1", lines[2]);
    }

    [Fact]
    public async Task The_status_is_a_table_of_parts_and_one_of_publishers()
    {
        await using var server = await ApiHost.StartAsync();
        var cli = CliHost.Over(server);
        Assert.Equal(0, await cli.RunAsync("status"));
        var text = cli.Output.ToString();
        Assert.StartsWith("ops 0.1.0, since 2026-01-02T12:00:00Z, data in /data\n", text, StringComparison.Ordinal);
        Assert.Matches(@"Part\s+.*State\s+.*Detail", text);
        Assert.Matches(@"machine .* ok ", text);
        Assert.Matches(@"https://collector.example/in .* samples .* 12 .* 7 .* 3 .* 2 refused", text);
    }

    [Fact]
    public async Task Events_are_a_table_with_their_traits()
    {
        await using var server = await ApiHost.StartAsync();
        var cli = CliHost.Over(server);
        Assert.Equal(0, await cli.RunAsync("events", "--from", "2026-01-02", "--type", "service.*"));
        Assert.Matches(@"2026-01-02T12:00:00Z .* service.update .* host=h1, tries=3", Lines(cli)[2]);
        Assert.Equal(0, await cli.RunAsync("events", "--from", "2026-01-02", "--type", "none"));
        Assert.Equal("No events.", Lines(cli)[^1]);
    }

    [Fact]
    public async Task A_bad_time_of_events_is_refused()
    {
        await using var server = await ApiHost.StartAsync();
        var cli = CliHost.Over(server);
        Assert.NotEqual(0, await cli.RunAsync("events", "--from", "yesterday"));
        Assert.Contains("parameter 'from' must be a time", cli.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_alarms_are_said_to_be_none()
    {
        await using var server = await ApiHost.StartAsync();
        server.View.Live.Clear();
        var cli = CliHost.Over(server);
        Assert.Equal(0, await cli.RunAsync("alarms"));
        Assert.Equal("No alarms.\n", cli.Output.ToString());
    }

    [Fact]
    public async Task The_topology_is_a_table_with_the_relations_that_leave()
    {
        await using var server = await ApiHost.StartAsync();
        var cli = CliHost.Over(server);
        Assert.Equal(0, await cli.RunAsync("topology", "--type", "mach*"));
        Assert.Matches(@"machine .* box .* m1 .* UP .* OK .* contains nginx", cli.Output.ToString());
        Assert.Equal("1 of 2 entities, 1 relations", Lines(cli)[^1]);
    }

    [Fact]
    public async Task Why_is_a_tree()
    {
        await using var server = await ApiHost.StartAsync();
        var cli = CliHost.Over(server);
        Assert.Equal(0, await cli.RunAsync("why", "d4e5f6"));
        Assert.Equal(
            [
                "WARNING dependency lost on service web (web:8080), alarm since 2026-01-02T12:00:01Z d4e5f6",
                "├── deduced by template service_gone, scenario 0, since 2026-01-02T12:00:00Z",
                "│   ├── condition: alarm [on] server AND client [connects] server",
                "│   └── matched",
                "│       ├── alarm = alarm ops service gone (a1b2c3)",
                "│       └── server = service nginx (nginx:80)",
                "└── caused by",
                "    └── CRITICAL service gone on service nginx (nginx:80), alarm since 2026-01-02T12:00:00Z a1b2c3",
                "        └── measured: machine.service.up last 0 < 1",
            ],
            Lines(cli));
    }

    [Fact]
    public async Task Why_tells_what_an_alarm_causes_and_takes_the_beginning_of_an_id()
    {
        await using var server = await ApiHost.StartAsync();
        var cli = CliHost.Over(server);
        Assert.Equal(0, await cli.RunAsync("why", "a1b2"));
        Assert.Equal(
            [
                "├── measured: machine.service.up last 0 < 1",
                "└── causes",
                "    └── WARNING dependency lost on service web (web:8080), alarm since 2026-01-02T12:00:01Z d4e5f6",
            ],
            Lines(cli)[1..]);
    }

    [Theory]
    [InlineData("zzzzzz", "ops: there is no alarm 'zzzzzz'")]
    [InlineData("a1b2c4", "ops: there is no alarm 'a1b2c4'. Did you mean 'a1b2c3'?")]
    public async Task The_answer_is_no_where_there_is_no_such_alarm(string id, string message)
    {
        await using var server = await ApiHost.StartAsync();
        var cli = CliHost.Over(server);
        Assert.Equal(1, await cli.RunAsync("why", id));
        Assert.Equal(message, cli.Error.ToString().TrimEnd());
    }

    [Fact]
    public async Task A_query_is_a_table_a_series()
    {
        await using var server = await ApiHost.StartAsync();
        var cli = CliHost.Over(server);
        Assert.Equal(0, await cli.RunAsync("query", "SELECT mean(value) FROM \"cpu\"", "--db", "d", "--epoch", "ms"));
        Assert.Equal(
            new InfluxQlRequest("SELECT mean(value) FROM \"cpu\"", "d", "ms", false),
                Assert.Single(server.InfluxQl.Asked));
        var lines = Lines(cli);
        Assert.Equal("cpu host=a", lines[0]);
        Assert.Matches(@"time\s+.*mean", lines[1]);
        Assert.Matches(@"2026-01-02T12:00:00Z\s+.*1.5", lines[3]);
    }

    [Theory]
    [InlineData(400, "{\"error\":\"error parsing query: found foo\"}",
        "ops: http://localhost/ says 400 Bad Request: error parsing query: found foo")]
    [InlineData(200, "{\"results\":[{\"statement_id\":0,\"error\":\"too many buckets\"}]}", "ops: too many buckets")]
    public async Task A_query_that_fails_is_bad_input(int status, string body, string message)
    {
        await using var server = await ApiHost.StartAsync();
        server.InfluxQl.Answer = new InfluxQlReply(status, Encoding.UTF8.GetBytes(body));
        var cli = CliHost.Over(server);
        Assert.Equal(2, await cli.RunAsync("query", "foo", "--server", "http://localhost"));
        Assert.Equal(message, cli.Error.ToString().TrimEnd());
    }

    [Fact]
    public async Task An_empty_answer_is_said_to_be_so()
    {
        await using var server = await ApiHost.StartAsync();
        server.InfluxQl.Answer = new InfluxQlReply(200, "{\"results\":[{\"statement_id\":0}]}"u8.ToArray());
        var cli = CliHost.Over(server);
        Assert.Equal(0, await cli.RunAsync("query", "x"));
        Assert.Equal("Nothing found.\n", cli.Output.ToString());
    }

    [Fact]
    public async Task A_server_that_cannot_be_reached_is_told()
    {
        var cli = new CliHost { Environment = { ["OPS_SERVER"] = "127.0.0.1:1" } };
        Assert.Equal(2, await cli.RunAsync("alarms"));
        Assert.Equal(
            "ops: cannot reach http://127.0.0.1:1/: Connection refused. Is 'ops serve' running there? --server or "
            + "OPS_SERVER names another one",
            cli.Error.ToString().TrimEnd());
    }

    [Fact]
    public async Task An_address_that_is_none_is_told()
    {
        var cli = new CliHost();
        Assert.Equal(2, await cli.RunAsync("alarms", "--server", "ftp://x"));
        Assert.Equal(
            "ops: 'ftp://x' is not the address of a server; write it like http://127.0.0.1:8080",
            cli.Error.ToString().TrimEnd());
    }

    [Fact]
    public async Task A_token_is_presented()
    {
        await using var server = await ApiHost.StartAsync([new ApiToken("a", ApiToken.HashOf("t"), ApiRole.Reader)]);
        var cli = CliHost.Over(server);
        Assert.Equal(2, await cli.RunAsync("alarms"));
        Assert.Contains("says 401 Unauthorized: this address asks for a token", cli.Error.ToString());
        cli.Environment["OPS_TOKEN"] = "t";
        Assert.Equal(0, await cli.RunAsync("alarms"));
        Assert.Equal(0, await cli.RunAsync("alarms", "--token", "t"));
    }

    [Fact]
    public async Task What_is_not_ops_is_told()
    {
        await using var server = await ApiHost.StartAsync();
        var cli = CliHost.Over(server);
        Assert.Equal(2, await cli.RunAsync("alarms", "--server", "http://localhost/elsewhere"));
        Assert.Equal(
            "ops: http://localhost/elsewhere has nothing at /api/v1/alarms?limit=10000; it is not an Ops of this "
                + "version",
            cli.Error.ToString().TrimEnd());
    }

    private static string[] Lines(CliHost cli) =>
        [.. cli.Output.ToString().Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0)];
}

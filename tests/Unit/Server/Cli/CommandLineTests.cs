using Ops.Server.Cli;
using Xunit;

namespace Ops.Unit.Server.Cli;

public sealed class CommandLineTests
{
    private readonly CliHost _cli = new();

    [Theory]
    [InlineData]
    [InlineData("serve")]
    public async Task No_verb_is_serve(params string[] args)
    {
        Assert.Equal(0, await _cli.RunAsync(args));
        Assert.Equal(new ServeOptions(null, null, null), Assert.Single(_cli.Asked));
    }

    [Theory]
    [InlineData("--config", "c", "--data", "d", "--listen", "http://127.0.0.1:1")]
    [InlineData("serve", "--config", "c", "--data", "d", "--listen", "http://127.0.0.1:1", "--role", "all")]
    [InlineData("serve", "--config=c", "--data=d", "--listen=http://127.0.0.1:1",
        "--role=collect,process,reason,act,console")]
    public async Task Serving_is_told_where(params string[] args)
    {
        Assert.Equal(0, await _cli.RunAsync(args));
        Assert.Equal(new ServeOptions("c", "d", "http://127.0.0.1:1"), Assert.Single(_cli.Asked));
    }

    [Theory]
    [InlineData("collct", "ops: --role: 'collct' is not one of collect, process, reason, act, console, all. "
        + "Did you mean 'collect'?")]
    [InlineData("collect", "ops: --role collect: running parts as processes of their own is not yet supported; leave "
        + "--role out to run all")]
    public async Task Roles_are_checked(string role, string message)
    {
        Assert.Equal(2, await _cli.RunAsync("serve", "--role", role));
        Assert.Equal(message, _cli.Error.ToString().TrimEnd());
    }

    [Theory]
    [InlineData("ops: there is no verb 'alrms' of 'ops'; there are serve, check, pipeline, rca, template, status, "
        + "topology, alarms, events, why, query. Did you mean 'alarms'?", "alrms")]
    [InlineData("ops: there is no verb 'repaly' of 'ops rca'; there are replay. Did you mean 'replay'?", "rca",
        "repaly")]
    [InlineData("ops: 'ops pipeline' needs a verb: replay", "pipeline")]
    [InlineData("ops: 'ops alarms' has no option '--jsn'; it has --server, --token, --json, --all. Did you mean "
        + "'--json'?",
        "alarms", "--jsn")]
    [InlineData("ops: 'ops why' does not take 'b' (see 'ops why --help')", "why", "a", "b")]
    [InlineData("ops: Required argument missing for command: 'why' (see 'ops why --help')", "why")]
    [InlineData("ops: Option '--in' is required (see 'ops pipeline replay --help')",
        "pipeline", "replay", "--pipeline", "x")]
    public async Task Bad_usage_is_told_with_the_nearest_name(string message, params string[] args)
    {
        Assert.Equal(2, await _cli.RunAsync(args));
        Assert.Equal(message, _cli.Error.ToString().TrimEnd());
        Assert.Empty(_cli.Asked);
    }

    [Fact]
    public async Task Every_verb_has_help()
    {
        foreach (var verb in _cli.CommandLine.Verbs())
        {
            var cli = new CliHost();
            Assert.Equal(0, await cli.RunAsync([.. verb.Split(' '), "--help"]));
            Assert.Contains("Usage:", cli.Output.ToString());
            Assert.Contains($"ops {verb}".Replace("ops ", ""), cli.Output.ToString());
            Assert.Empty(cli.Asked);
        }
    }

    [Fact]
    public void The_verbs_are_these() => Assert.Equal(
        [
            "serve", "check", "pipeline replay", "rca replay", "template validate", "status", "topology", "alarms",
            "events", "why", "query",
        ],
        _cli.CommandLine.Verbs());

    [Fact]
    public async Task The_version_is_told()
    {
        Assert.Equal(0, await _cli.RunAsync("--version"));
        Assert.Matches(@"^\d+\.\d+\.\d+", _cli.Output.ToString());
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a\u001b[31mred", "a\uFFFD[31mred")]
    [InlineData("two\nlines", "two lines")]
    public void Names_cannot_steer_the_terminal(string name, string shown) =>
        Assert.Equal(shown, Terminal.Printable(name));
}

using Ops.Server.Cli;
using Ops.Server.Cli.Replays;
using Ops.Server.Config;
using Ops.Unit.Architecture;
using Ops.Unit.Server.Config;
using Xunit;

namespace Ops.Unit.Server.Cli;

/// <summary>The verbs with the rooms behind them.</summary>
public sealed class ReplayRoomTests : IDisposable
{
    private const string Template = """
        metadata: {name: down, version: 3, type: standard}
        entities:
          alarm: {category: ALARM, type: nagios, name: dead}
          host: {category: RESOURCE, type: nova.host}
        scenarios:
          - condition: alarm [on] host
            actions:
              - raise_alarm: {target: host, alarm_name: host down, severity: CRITICAL}
        """;

    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();
    private readonly ScratchFolder _folder = new();

    [Fact]
    public async Task A_pipeline_is_replayed()
    {
        var file = _folder.Write("pipeline.yaml", """
            sources: [{name: all, meters: ["*"], sinks: [s]}]
            sinks: [{name: s, transformers: [], publishers: ["test://"]}]
            """);
        var input = _folder.Write(
            "in.jsonl", """{"name":"cpu","volume":1.5,"resource_id":"r","timestamp":"2026-01-01"}""");
        Assert.Equal(0, await RunAsync("pipeline", "replay", "--pipeline", file, "--in", input));
        Assert.Contains("\"name\":\"cpu\"", _output.ToString());
        Assert.Contains("\"pipeline\":\"all:s\"", _output.ToString());
    }

    [Fact]
    public async Task A_faulty_pipeline_or_line_is_bad_input()
    {
        var faulty = _folder.Write("faulty.yaml", "sorces: []\nsinks: []\n");
        var good = _folder.Write("good.yaml", "sources: []\nsinks: []\n");
        var input = _folder.Write("in.jsonl", "{\"now\":\"2026-01-01\"}\n{oops\n");
        Assert.Equal(2, await RunAsync("pipeline", "replay", "--pipeline", faulty, "--in", input));
        Assert.Contains($"ops: {faulty}:1:1: unknown key 'sorces'", _error.ToString());
        Assert.Equal(2, await RunAsync("pipeline", "replay", "--pipeline", good, "--in", input));
        Assert.Contains($"ops: {input}: line 2: ", _error.ToString());
    }

    [Fact]
    public async Task Observations_are_replayed_over_templates()
    {
        _folder.Write("t/down.yaml", Template);
        var input = _folder.Write("in.jsonl", """
            {"entity":{"type":"nova.host","id":"h1","name":"h1","state":"available"}}
            {"alarm":{"type":"nagios","name":"dead","severity":"CRITICAL","resource":{"type":"nova.host","id":"h1"}}}

            """);
        Assert.Equal(0, await RunAsync(
            "rca", "replay", "--templates", _folder.At("t"), "--in", input, "--final", "--stats"));
        Assert.Contains("\"do\":\"raise_alarm\",\"name\":\"host down\"", _output.ToString());
        Assert.Contains("\n{\"final\"", _output.ToString());
        Assert.StartsWith("events 2, matches ", _error.ToString());
    }

    [Fact]
    public async Task A_faulty_template_is_bad_input_and_named()
    {
        var file = _folder.Write("t/down.yaml", Template.Replace("alarm [on] host", "alarm [on] hst"));
        var input = _folder.Write("in.jsonl", "");
        Assert.Equal(2, await RunAsync("rca", "replay", "--templates", _folder.At("t"), "--in", input));
        Assert.StartsWith($"ops: {file}:6:", _error.ToString());
        Assert.Contains("'hst'", _error.ToString());
    }

    [Fact]
    public async Task Templates_are_validated_with_a_line_each()
    {
        var good = _folder.Write("good.yaml", Template);
        var faulty = _folder.Write("faulty.yaml", "a: [");
        Assert.Equal(1, await RunAsync("template", "validate", good, faulty));
        var lines = _output.ToString().TrimEnd().Split('\n');
        Assert.StartsWith($"{{\"file\":\"{good}\",\"status\":\"validation OK\",\"code\":0,", lines[0]);
        Assert.StartsWith($"{{\"file\":\"{faulty}\",\"status\":\"validation failed\",\"code\":5,", lines[1]);
    }

    [Fact]
    public async Task Parameters_must_be_texts()
    {
        var good = _folder.Write("good.yaml", Template);
        var parameters = _folder.Write("params.yaml", "a: [1]\n");
        Assert.Equal(2, await RunAsync("template", "validate", good, "--params", parameters));
        Assert.Equal(
            $"ops: {parameters}:1:4: parameter 'a' must be text, found a list", _error.ToString().TrimEnd());
    }

    [Fact]
    public async Task The_configuration_that_comes_with_the_program_is_without_fault()
    {
        Directory.CreateDirectory(_folder.At("own"));
        Assert.Equal(0, await RunAsync("check", _folder.At("own")));
        Assert.Matches(@"^\d+ files, no faults\n$", _output.ToString());
    }

    [Fact]
    public async Task What_nothing_reads_yet_is_warned_of()
    {
        var file = _folder.Write("own/workflows/w.yaml", "a: 1");
        Assert.Equal(0, await RunAsync("check", _folder.At("own")));
        Assert.StartsWith($"{file}: nothing reads this file yet (warning)\n", _output.ToString());
    }

    [Fact]
    public async Task A_fault_in_any_room_is_found()
    {
        _folder.Write("own/alarms/a.yaml", "alarms: [{name: x, meterr: y}]");
        _folder.Write("own/policies/notifications.yaml", "routs: []");
        _folder.Write("own/state-values/disk.yaml", "category: RESOURCE\nvalus: []\n");
        _folder.Write("own/templates/t.yaml", "metadata: {}\n");
        _folder.Write("own/pipeline.yaml", "sources: [{name: a}]\nsinks: []\n");
        Assert.Equal(1, await RunAsync("check", _folder.At("own")));
        foreach (var name in new[] { "a.yaml", "notifications.yaml", "disk.yaml", "t.yaml", "pipeline.yaml" })
        {
            Assert.Contains(name + ":1:", _output.ToString().Replace("disk.yaml:2", "disk.yaml:1"));
        }
    }

    public void Dispose() => _folder.Dispose();

    private Task<int> RunAsync(params string[] args)
    {
        var program = Path.Combine(SourceTree.Root, "server");
        return new CommandLine(
            new CliRooms
            {
                Serve = (_, _) => Task.FromResult(0),
                PipelineReplay = PipelineReplays.RunAsync,
                RcaReplay = new RcaReplays(program).RunAsync,
                TemplateValidate = new TemplateValidations(program).RunAsync,
                Checks = ConfigDocuments.Checks(),
                ProgramFolder = program,
            },
            new Terminal(_output, _error, isTerminal: false)).RunAsync(args);
    }
}

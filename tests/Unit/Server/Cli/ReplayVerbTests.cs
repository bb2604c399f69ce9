using Ops.Server.Cli;
using Ops.Unit.Server.Config;
using Xunit;

namespace Ops.Unit.Server.Cli;

public sealed class ReplayVerbTests : IDisposable
{
    private readonly CliHost _cli = new() { Input = "{\"now\":\"é\"}\n" };
    private readonly ScratchFolder _folder = new();

    [Fact]
    public async Task A_pipeline_is_replayed_from_standard_input_to_standard_output()
    {
        var file = _folder.Write("pipeline.yaml", "");
        Assert.Equal(0, await _cli.RunAsync("pipeline", "replay", "--pipeline", file, "--in", "-"));
        var asked = Assert.IsType<PipelineReplayRequest>(Assert.Single(_cli.Asked));
        Assert.Equal((file, "standard input", true, false),
            (asked.PipelineFile, asked.InputName, asked.FinalFlush, asked.Publish));
        Assert.Equal("{\"now\":\"é\"}\n", _cli.Output.ToString());
    }

    [Fact]
    public async Task A_pipeline_is_replayed_from_file_to_file()
    {
        var (file, input) = (_folder.Write("pipeline.yaml", ""), _folder.Write("in.jsonl", "line\n"));
        Assert.Equal(0, await _cli.RunAsync(
            "pipeline", "replay", "--pipeline", file, "--in", input, "--out", _folder.At("out.jsonl"),
            "--no-final-flush", "--publish"));
        var asked = Assert.IsType<PipelineReplayRequest>(Assert.Single(_cli.Asked));
        Assert.Equal((input, false, true), (asked.InputName, asked.FinalFlush, asked.Publish));
        Assert.Equal("line\n", await File.ReadAllTextAsync(_folder.At("out.jsonl")));
        Assert.Empty(_cli.Output.ToString());
    }

    [Fact]
    public async Task An_output_that_is_full_ends_with_2_and_says_so()
    {
        _cli.Input = "line\n";
        var file = _folder.Write("pipeline.yaml", "");
        Assert.Equal(2, await _cli.RunAsync(
            "pipeline", "replay", "--pipeline", file, "--in", "-", "--out", "/dev/full"));
        Assert.Equal("ops: No space left on device : '/dev/full'\n", _cli.Error.ToString());
    }

    [Fact]
    public async Task Observations_are_replayed()
    {
        Assert.Equal(0, await _cli.RunAsync(
            "rca", "replay", "--templates", _folder.Path, "--state-values", _folder.Path, "--in", "-", "--final",
                "--stats"));
        var asked = Assert.IsType<RcaReplayRequest>(Assert.Single(_cli.Asked));
        Assert.Equal((_folder.Path, _folder.Path, true, true),
            (asked.TemplatesFolder, asked.StateValuesFolder, asked.Final, asked.Stats));
    }

    [Fact]
    public async Task Templates_are_validated()
    {
        var (a, b) = (_folder.Write("a.yaml", ""), _folder.Write("b.yaml", ""));
        _cli.RoomsAnswer = 1;
        Assert.Equal(1, await _cli.RunAsync("template", "validate", a, b, "--params", a));
        var asked = Assert.IsType<TemplateValidateRequest>(Assert.Single(_cli.Asked));
        Assert.Equal([a, b], asked.Files);
        Assert.Equal(a, asked.ParametersFile);
    }

    [Theory]
    [InlineData("ops: nope.yaml: there is no such file", "pipeline", "replay", "--pipeline", "nope.yaml", "--in", "-")]
    [InlineData("ops: nope: there is no such folder", "rca", "replay", "--templates", "nope", "--in", "-")]
    [InlineData("ops: nope.jsonl: there is no such file", "rca", "replay", "--templates", "/", "--in", "nope.jsonl")]
    [InlineData("ops: nope: there is no such folder",
        "rca", "replay", "--templates", "/", "--state-values", "nope", "--in", "-")]
    [InlineData("ops: nope.yaml: there is no such file", "template", "validate", "nope.yaml")]
    public async Task What_is_not_there_is_told(string message, params string[] args)
    {
        Assert.Equal(2, await _cli.RunAsync(args));
        Assert.Equal(message, _cli.Error.ToString().TrimEnd());
        Assert.Empty(_cli.Asked);
    }

    public void Dispose() => _folder.Dispose();
}

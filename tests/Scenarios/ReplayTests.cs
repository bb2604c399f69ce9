namespace Ops.Scenarios;

/// <summary>
/// Text scenarios in the form that users write them: <c>rca/NAME</c> holds templates, observations and what the replay
/// must print; <c>pipeline/NAME</c> a pipeline, samples and what it must print.
/// </summary>
public sealed class ReplayTests
{
    private static string Root => AppContext.BaseDirectory;

    public static TheoryData<string> Rca() => Folders("rca");

    public static TheoryData<string> Pipeline() => Folders("pipeline");

    [Theory]
    [MemberData(nameof(Rca))]
    public void Root_cause_replay_prints_what_the_scenario_expects(string name)
    {
        var folder = Path.Combine(Root, "rca", name);
        var (code, output, error) = OpsRun.Run(
            folder, "rca", "replay", "--templates", "templates", "--in", "observations.jsonl", "--final");
        Assert.True(code == 0, error);
        var expected = File.ReadAllText(Path.Combine(folder, "expected.jsonl"));
        Assert.Equal(Json.CanonicalLines(expected), Json.CanonicalLines(output));
    }

    [Theory]
    [MemberData(nameof(Pipeline))]
    public void Pipeline_replay_prints_what_the_scenario_expects(string name)
    {
        var folder = Path.Combine(Root, "pipeline", name);
        var (code, output, error) = OpsRun.Run(
            folder, "pipeline", "replay", "--pipeline", "pipeline.yaml", "--in", "samples.jsonl");
        Assert.True(code == 0, error);
        var expected = File.ReadAllText(Path.Combine(folder, "expected.jsonl"));
        Assert.Equal(Json.CanonicalLines(expected), Json.CanonicalLines(output));
    }

    private static TheoryData<string> Folders(string kind)
    {
        var names = new TheoryData<string>();
        foreach (var folder in Directory.EnumerateDirectories(Path.Combine(Root, kind)).Order())
        {
            names.Add(Path.GetFileName(folder));
        }

        return names;
    }
}

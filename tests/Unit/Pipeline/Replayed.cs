using System.Text.Json.Nodes;
using Ops.Pipeline.Configuration;
using Ops.Pipeline.Replay;

namespace Ops.Unit.Pipeline;

/// <summary>Runs a replay over lines of text, which say things the way users do.</summary>
internal static class Replayed
{
    public static async Task<string[]> Lines(PipelineConfig config, ReplayOptions options, params string[] input)
    {
        var output = new StringWriter();
        await new PipelineReplay(config, options).RunAsync(new StringReader(string.Join('\n', input)), output);
        return output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>The output as <c>name type volume unit resource time</c>, what is short being told apart.</summary>
    public static async Task<string[]> Short(PipelineConfig config, params string[] input)
    {
        var lines = await Lines(config, new ReplayOptions(), input);
        return [.. lines.Select(line =>
        {
            var sample = JsonNode.Parse(line)!;
            return $"{sample["name"]} {sample["type"]} {sample["volume"]!.ToJsonString()}{sample["unit"]} "
                + $"{sample["resource_id"]} {sample["timestamp"]!.ToString()[14..]}";
        })];
    }

    /// <summary>The text on one line, without the breaks and indents it was written with.</summary>
    public static string OneLine(string text) => string.Concat(text.Split('\n').Select(line => line.Trim()));

    /// <summary>A sample line; times are seconds of the first minute of 2016.</summary>
    public static string At(int second, string fields) =>
        $$"""{"timestamp":"2016-01-01T00:{{second / 60:00}}:{{second % 60:00}}",{{fields}}}""";
}

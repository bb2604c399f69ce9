using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Ops.Model;
using Ops.Storage.InfluxQl;
using Xunit;

namespace Ops.Unit.Storage;

/// <summary>Every question of the recording is answered as InfluxDB did; rows of one time may stand in any
/// order.</summary>
public sealed class InfluxDbRecordingTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task Answers_are_those_of_InfluxDB()
    {
        var lines = File.ReadAllLines(Recording());
        await Some.InStoreAsync(_folder, async (store, catalog) =>
        {
            await store.Samples.WriteLinesAsync(
                catalog, lines.Where(line => line.StartsWith("> ")).Select(line => line[2..]));
            var wrong = new List<string>();
            foreach (var (query, expected) in Cases(lines))
            {
                var answer = await store.InfluxQl.ExecuteAsync(query, "t", default);
                var status = answer.Error is null ? "200 " : "400 ";
                var actual = status + InfluxQlJson.ToText(answer, InfluxQlEpoch.Seconds);
                if (Normal(actual) != Normal(expected))
                {
                    wrong.Add($"{query}\n  expected {expected}\n  actual   {actual}");
                }
            }

            Assert.True(wrong.Count == 0, $"{wrong.Count} answers differ:\n" + string.Join("\n", wrong));
        }, new FakeTimeProvider(DateTimeOffset.Parse("2026-11-23T00:00:00Z", CultureInfo.InvariantCulture)));
    }

    public void Dispose() => _folder.Dispose();

    private static string Recording([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "Recorded", "influxdb-1.6.7.txt");

    private static IEnumerable<(string Query, string Answer)> Cases(string[] lines)
    {
        for (var i = 1; i < lines.Length; i++)
        {
            if (lines[i].StartsWith("200 ", StringComparison.Ordinal)
                || lines[i].StartsWith("400 ", StringComparison.Ordinal))
            {
                yield return (lines[i - 1], lines[i]);
            }
        }
    }

    private static string Normal(string answer)
    {
        var root = JsonNode.Parse(answer[4..])!;
        foreach (var result in root["results"]?.AsArray() ?? [])
        {
            foreach (var series in result!["series"]?.AsArray() ?? [])
            {
                if (series!["values"] is JsonArray values)
                {
                    series["values"] = new JsonArray([.. values
                        .Select(row => row!.DeepClone())
                        .Select((row, i) => (Row: row, Time: Time(row), Index: i))
                        .OrderBy(item => item.Time).ThenBy(item => item.Time is null ? "" : item.Row.ToJsonString())
                        .Select(item => item.Row)]);
                }
            }
        }

        return answer[..4] + root.ToJsonString();
    }

    private static double? Time(JsonNode row) =>
        row[0] is JsonValue value && value.TryGetValue(out double time) ? time : null;
}

using System.Globalization;
using System.Text.Json;

namespace Ops.Benchmarks.Rca;

/// <summary>
/// Runs <c>ops rca replay</c> on clouds of three sizes and checks the final state before it prints a figure.
/// </summary>
public static class RcaBenchmark
{
    /// <summary>
    /// Events per CPU second that Vitrage 9 gave on the same three shapes, on a machine of the same kind.
    /// </summary>
    private static readonly double[] Vitrage = [127, 60, 36];

    private static readonly RcaInput[] Inputs =
    [
        new("1 100 vertices", 100, 10, 4, 2000, 60),
        new("21 000 vertices", 1000, 20, 10, 1000, 200),
        new("105 000 vertices", 5000, 20, 20, 500, 200),
    ];

    public static int Run(string templates)
    {
        var failures = 0;
        for (var size = 0; size < Inputs.Length; size++)
        {
            failures += Measure(Inputs[size], templates, Vitrage[size]);
        }

        var idle = Inputs[0] with { Name = "1 100 vertices, 1000 more templates" };
        failures += Measure(idle, WithIdle(templates), Vitrage[0]);
        return failures;
    }

    private static int Measure(RcaInput input, string templates, double vitrage)
    {
        var folder = Directory.CreateTempSubdirectory("ops-bench-rca-").FullName;
        var observations = Path.Combine(folder, "observations.jsonl");
        input.Write(observations);
        var output = Path.Combine(folder, "out.jsonl");
        var rates = new List<double>();
        var stats = "";
        for (var run = 0; run < 3; run++)
        {
            var result = OpsProcess.Run(
                "rca", "replay", "--templates", templates, "--in", observations, "--out", output, "--final", "--stats");
            stats = result.Error.Trim();
            if (result.Code != 0)
            {
                WriteLine($"rca {input.Name}: FAILED with {result.Code}: {stats}");
                return 1;
            }

            rates.Add(EventsPerCpuSecond(stats));
        }

        var wrong = Differences(Final(output), input.Expected());
        rates.Sort();
        WriteLine(
            $"rca {input.Name}: {rates[rates.Count / 2]:N0} events per CPU second, "
            + $"{rates[rates.Count / 2] / vitrage:N0} x Vitrage's {vitrage}; "
            + $"final state {(wrong == 0 ? "equal" : $"WRONG in {wrong} places")}");
        WriteLine("    " + stats.ReplaceLineEndings("\n    "));
        Directory.Delete(folder, recursive: true);
        return wrong == 0 ? 0 : 1;
    }

    /// <summary>Reads the figure after <c>events_per_cpu_second</c> in the replay's statistics.</summary>
    private static double EventsPerCpuSecond(string stats)
    {
        const string name = "events_per_cpu_second ";
        var figure = stats[(stats.IndexOf(name, StringComparison.Ordinal) + name.Length)..];
        return double.Parse(figure.AsSpan(0, figure.IndexOf(',')), CultureInfo.InvariantCulture);
    }

    private static SortedSet<string> Final(string path)
    {
        var line = File.ReadLines(path).Last(text => text.StartsWith("{\"final\"", StringComparison.Ordinal));
        using var json = JsonDocument.Parse(line);
        var final = json.RootElement.GetProperty("final");
        var lines = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var alarm in final.GetProperty("alarms").EnumerateArray()
                     .Where(a => a.GetProperty("deduced").GetBoolean()))
        {
            lines.Add($"alarm {Id(alarm)} {Text(alarm, "name")} {Text(alarm, "severity")}");
        }

        foreach (var state in final.GetProperty("states").EnumerateArray()
                     .Where(s => Text(s, "state") is "SUBOPTIMAL" or "ERROR"))
        {
            lines.Add($"state {Id(state)} {Text(state, "state")}");
        }

        foreach (var cause in final.GetProperty("causes").EnumerateArray())
        {
            var (from, to) = (cause.GetProperty("cause"), cause.GetProperty("effect"));
            lines.Add($"cause {Id(from)} {Text(from, "name")} {Id(to)} {Text(to, "name")}");
        }

        return lines;
    }

    private static string Id(JsonElement element) => element.GetProperty("resource").GetProperty("id").GetString()!;

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static int Differences(SortedSet<string> found, SortedSet<string> expected)
    {
        var different = new HashSet<string>(found);
        different.SymmetricExceptWith(expected);
        foreach (var line in different.Take(5))
        {
            WriteLine($"    {(found.Contains(line) ? "extra" : "missing")}: {line}");
        }

        return different.Count;
    }

    private static string WithIdle(string templates)
    {
        var folder = Directory.CreateTempSubdirectory("ops-bench-idle-").FullName;
        foreach (var file in Directory.EnumerateFiles(templates))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        for (var i = 0; i < 1000; i++)
        {
            File.WriteAllText(Path.Combine(folder, $"idle{i}.yaml"), $$"""
                metadata: {version: 3, name: idle{{i}}, type: standard}
                entities:
                  a: {category: ALARM, type: nagios, name: never_{{i}}}
                  host: {category: RESOURCE, type: nova.host}
                  vm: {category: RESOURCE, type: nova.instance}
                scenarios:
                  - condition: a [on] host AND host [contains] vm
                    actions:
                      - raise_alarm: {target: vm, alarm_name: idle_{{i}}, severity: WARNING}
                """);
        }

        return folder;
    }
}

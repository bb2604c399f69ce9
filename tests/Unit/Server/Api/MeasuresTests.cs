using System.Text.RegularExpressions;
using Ops.Model;
using Ops.Server.Api.Measures;
using Xunit;

namespace Ops.Unit.Server.Api;

public sealed partial class MeasuresTests
{
    [Fact]
    public async Task Ops_and_its_process_are_told_in_the_format_of_prometheus()
    {
        await using var host = await ApiHost.StartAsync();
        host.View.Parts.Add(new PartView("web \"hook\"\n", false, "down"));
        await host.GetAsync("/api/v1/alarms");
        using var wrote = await host.PostAsync("/write", "a=1\nb", "text/plain");
        using var answer = await host.Client.GetAsync("/metrics");
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Contains("""
            # HELP ops_samples_received_total samples received since the start.
            # TYPE ops_samples_received_total counter
            ops_samples_received_total 7
            # HELP ops_series series at present.
            # TYPE ops_series gauge
            ops_series 3

            """, text);
        Assert.Contains("ops_part_up{part=\"web \\\"hook\\\"\\n\"} 0\n", text);
        Assert.Contains("ops_api_requests_total{code=\"2xx\"} 1\n", text);
        Assert.Contains("ops_api_requests_total{code=\"4xx\"} 1\n", text);
        Assert.Contains("ops_api_lines_total{outcome=\"accepted\"} 1\nops_api_lines_total{outcome=\"refused\"} 1\n",
            text);
        Assert.Contains("process_cpu_seconds_total ", text);
    }

    [Fact]
    public async Task Every_line_of_the_measures_is_well_formed_and_every_family_told_once()
    {
        await using var host = await ApiHost.StartAsync();
        var (_, text) = await host.GetAsync("/metrics");
        Assert.EndsWith("\n", text);
        Assert.All(text.TrimEnd('\n').Split('\n'), line => Assert.Matches(Line(), line));
        var families = Regex.Matches(text, "^# TYPE (\\S+)", RegexOptions.Multiline).Select(m => m.Groups[1].Value)
            .ToList();
        Assert.Equal(families.Distinct(), families);
    }

    [Theory]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "+Inf")]
    [InlineData(double.NegativeInfinity, "-Inf")]
    [InlineData(1e21, "1E+21")]
    public void Odd_numbers_and_names_are_made_fit(double value, string written)
    {
        var text = new ExpositionText();
        text.Family("1 a-b", "gauge", "line\nbreak", ("", value));
        Assert.Equal($"# HELP _1_a_b line\\nbreak\n# TYPE _1_a_b gauge\n_1_a_b {written}\n", text.ToString());
    }

    [Fact]
    public async Task A_part_that_does_not_work_makes_the_program_unready()
    {
        await using var host = await ApiHost.StartAsync();
        Assert.Equal((200, "ok\n"), await host.GetAsync("/healthz"));
        Assert.Equal((200, "ready\n"), await host.GetAsync("/readyz"));
        host.View.Parts.Add(new PartView("bus", false, "down"));
        var (status, body) = await host.GetAsync("/readyz");
        Assert.Equal(503, status);
        Assert.Contains("\"detail\":\"not working: bus\"", body);
    }

    [GeneratedRegex("""^(# (HELP|TYPE) \w+ .+|\w+(\{[a-z_]+="([^"\\]|\\.)*"(,[a-z_]+="([^"\\]|\\.)*")*\})? \S+)$""")]
    private static partial Regex Line();
}

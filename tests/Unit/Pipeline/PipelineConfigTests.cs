using Ops.Model;
using Xunit;

namespace Ops.Unit.Pipeline;

public sealed class PipelineConfigTests
{
    private const string Sinks = "sinks: [{name: a, publishers: [store]}, {name: bytes, publishers: [store]}]\n";

    [Fact]
    public void A_file_of_Ceilometer_loads_as_it_is()
    {
        var config = Some.Config(
            """
            ---
            sources:
                - name: meter_source
                  interval: 600
                  meters: ["*"]
                  sinks: [meter_sink]
                - name: cpu_source
                  meters: ["cpu"]
                  resources: ["a"]
                  discovery: ["b"]
                  sinks: [cpu_sink, cpu_delta_sink]
            sinks:
                - name: meter_sink
                  transformers:
                  publishers: ["store://"]
                - name: cpu_sink
                  transformers:
                      - name: "rate_of_change"
                        parameters:
                            target:
                                name: "cpu_util"
                                unit: "%"
                                type: "gauge"
                                max: 100
                                scale: "100.0 / (10**9 * (resource_metadata.cpu_number or 1))"
                  publishers: [test, "file:///tmp/x?json"]
                - name: cpu_delta_sink
                  transformers:
                      - name: "delta"
                        parameters: {target: {name: "cpu.delta"}, growth_only: True}
                  publishers: ["store://"]
            """);
        Assert.Equal(["meter_source", "cpu_source"], config.Sources.Select(source => source.Name));
        Assert.Equal(["cpu_sink", "cpu_delta_sink"], config.Sources[1].Sinks);
        Assert.Equal(["test://", "file:///tmp/x?json"], config.Sinks[1].Publishers);
        Assert.Equal(["rate_of_change"], config.Sinks[1].Transformers);
    }

    [Fact]
    public void No_sources_switch_the_pipelines_off() => Assert.Empty(Some.Config("sources: []").Sources);

    [Theory]
    [InlineData("", "p.yaml: a pipeline file needs 'sources' and 'sinks', found nothing")]
    [InlineData("[]", "p.yaml:1:1: a pipeline file must be a mapping, found a list")]
    [InlineData("sinks: []", "p.yaml:1:1: a pipeline file needs 'sources'")]
    [InlineData("sources: 5", "p.yaml:1:10: 'sources' of a pipeline file must be a list, found '5'")]
    [InlineData(
        "sources: []\nsink: []",
        "p.yaml:2:1: unknown key 'sink' in a pipeline file; allowed: sources, sinks. Did you mean 'sinks'?")]
    public void The_whole_file_is_checked(string yaml, string fault) => Assert.Equal([fault], Faults(yaml));

    [Theory]
    [InlineData("{meters: [x], sinks: [a]}", "p.yaml:2:11: a source needs 'name'")]
    [InlineData(
        "{name: s, sinks: [a]}",
        "p.yaml:2:11: source 's' needs 'meters': a list of names, patterns and exclusions")]
    [InlineData(
        "{name: s, meters: [], sinks: [a]}",
        "p.yaml:2:29: source 's' needs 'meters': a list of names, patterns and exclusions")]
    [InlineData("{name: s, meters: [x]}", "p.yaml:2:11: source 's' needs 'sinks': the names of one or more")]
    [InlineData(
        "{name: s, meters: [x], sinks: []}",
        "p.yaml:2:41: source 's' needs 'sinks': the names of one or more")]
    [InlineData("{name: s, meters: x, sinks: [a]}", "p.yaml:2:29: 'meters' of source 's' must be a list, found 'x'")]
    [InlineData(
        "{name: s, meters: [x], sinks: [byte]}",
        "p.yaml:2:42: source 's' names sink 'byte', which is not defined; defined: a, bytes. Did you mean 'bytes'?")]
    [InlineData("{name: s, meters: [x], sinks: [a, a]}", "p.yaml:2:45: source 's' names sink 'a' twice")]
    [InlineData(
        "{name: s, meter: [x], meters: [x], sinks: [a]}",
        "p.yaml:2:21: unknown key 'meter' in a source; allowed: name, meters, sinks, interval, resources, "
        + "discovery. Did you mean 'meters'?")]
    [InlineData(
        "{name: s, meters: [x, '!y'], sinks: [a]}",
        "p.yaml:2:29: source 's' both names a meter ('x') and excludes one ('!y'); only '*' goes with exclusions")]
    [InlineData(
        "{name: s, meters: [x, '*'], sinks: [a]}",
        "p.yaml:2:29: source 's' names a meter ('x') beside '*', which takes all")]
    [InlineData(
        "{name: s, meters: [''], sinks: [a]}",
        "p.yaml:2:30: a meter of source 's' must be a name or pattern, found ''")]
    [InlineData("x", "p.yaml:2:11: a source must be a mapping, found 'x'")]
    public void A_source_is_checked(string source, string fault) =>
        Assert.Equal([fault], Faults($"{Sinks}sources: [{source}]"));

    [Theory]
    [InlineData("{publishers: [store]}", "p.yaml:2:9: a sink needs 'name'")]
    [InlineData("{name: b}", "p.yaml:2:9: sink 'b' needs 'publishers': one or more addresses such as 'store://'")]
    [InlineData(
        "{name: b, publishers: []}",
        "p.yaml:2:31: sink 'b' needs 'publishers': one or more addresses such as 'store://'")]
    [InlineData(
        "{name: b, publishers: [[]]}",
        "p.yaml:2:32: a publisher of sink 'b' must be an address such as 'store://', found a list")]
    [InlineData(
        "{name: b, publisher: [store]}",
        "p.yaml:2:19: unknown key 'publisher' in a sink; allowed: name, transformers, publishers. Did you mean "
        + "'publishers'?|p.yaml:2:9: sink 'b' needs 'publishers': one or more addresses such as 'store://'")]
    [InlineData(
        "{name: b, transformers: x, publishers: [store]}",
        "p.yaml:2:33: 'transformers' of sink 'b' must be a list, found 'x'")]
    public void A_sink_is_checked(string sink, string faults) =>
        Assert.Equal(faults.Split('|'), Faults(
            $"sources: [{{name: s, meters: [x], sinks: [a]}}]\nsinks: [{sink}, {{name: a, publishers: [store]}}]"));

    [Fact]
    public void A_name_that_occurs_twice_is_a_fault() => Assert.Equal(
        ["p.yaml:2:48: sink name 'a' occurs twice", "p.yaml:1:54: source name 's' occurs twice"],
        Faults(
            """
            sources: [{name: s, meters: [x], sinks: [a]}, {name: s, meters: [x], sinks: [a]}]
            sinks: [{name: a, publishers: [store]}, {name: a, publishers: [store]}]
            """));

    [Fact]
    public void All_faults_are_said_at_once() => Assert.Equal(
        4,
        Faults(
            """
            sources: [{name: s, meters: [], sinks: [b], foo: 1}]
            sinks: [{name: a, transformers: [{name: nope}], publishers: [store]}]
            """).Length);

    [Fact]
    public void A_publisher_of_unknown_kind_is_a_warning_and_the_others_stay()
    {
        var (config, faults) = Some.Read(
            """
            sources: [{name: s, meters: [x], sinks: [a]}]
            sinks: [{name: a, publishers: ["gnocchi://user:secret@host/v?topic=x", "htpp://h", store]}]
            """);
        Assert.Equal(["store://"], config!.Sinks[0].Publishers);
        Assert.Equal(
            [
                "p.yaml:2:32: sink 'a' names publisher 'gnocchi://host/v', of which there is no such kind, "
                    + "and goes without; "
                    + "known: store, file, http, https, test, notifier, udp, tcp, "
                    + "influxdb, prometheus, opentelemetryhttp, kafka",
                "p.yaml:2:72: sink 'a' names publisher 'htpp://h', of which there is no such kind, and goes without; "
                    + "known: store, file, http, https, test, notifier, udp, tcp, "
                    + "influxdb, prometheus, opentelemetryhttp, kafka. Did you mean 'http'?",
            ],
            faults.Warnings.Select(fault => fault.ToString()));
    }

    private static string[] Faults(string yaml)
    {
        var (config, faults) = Some.Read(yaml);
        Assert.Null(config);
        return [.. faults.All.Select(fault => fault.ToString())];
    }
}

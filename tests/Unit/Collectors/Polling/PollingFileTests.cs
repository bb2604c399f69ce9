using CsCheck;
using Ops.Collectors.Polling;
using Ops.Model;
using Ops.Server.Config;
using Xunit;

namespace Ops.Unit.Collectors.Polling;

public sealed class PollingFileTests
{
    [Fact]
    public void A_file_of_Ceilometer_is_read_as_it_stands()
    {
        var (config, faults) = Read(
            """
            ---
            sources:
                - name: some_pollsters
                  interval: 300
                  meters:
                    - power.state
                    - cpu
                    - disk.device.*
                - name: snmp
                  interval: 5m
                  meters: ["hardware.*"]
                  resources: ["snmp://10.0.0.5", "snmp://10.0.0.6"]
                  discovery: ["endpoint:image", "tenant://x"]
            """);
        Assert.Empty(faults.All);
        Assert.Empty(faults.Warnings);
        Assert.Equal(["some_pollsters", "snmp"], config!.Sources.Select(source => source.Name));
        Assert.All(config.Sources, source => Assert.Equal(TimeSpan.FromMinutes(5), source.Interval));
        Assert.Equal(["snmp://10.0.0.5", "snmp://10.0.0.6"], config.Sources[1].Resources);
        Assert.Equal(["endpoint:image", "tenant://x"], config.Sources[1].Discovery);
        Assert.True(config.Sources[0].Meters.Takes("disk.device.read.bytes"));
        Assert.False(config.Sources[0].Meters.Takes("disk.read.bytes"));
    }

    [Theory]
    [InlineData("cpu|disk.*", "cpu disk.read", "memory disk")]
    [InlineData("*", "cpu memory", "")]
    [InlineData("*|!disk.*", "cpu", "disk.read")]
    [InlineData("!disk.*|!cpu", "memory", "disk.read cpu")]
    [InlineData("*.rate", "a.rate", "a.rates")]
    [InlineData("*.rate|!b.rate", "a.rate", "b.rate")]
    [InlineData("cpu?[0-9]", "cpux1", "cpu1")]
    public void Meters_are_taken_by_names_wildcards_and_exclusions(string patterns, string taken, string passed)
    {
        var meters = new MeterSelection(patterns.Split('|'));
        Assert.All(taken.Split(' ', StringSplitOptions.RemoveEmptyEntries), name => Assert.True(meters.Takes(name)));
        Assert.All(passed.Split(' ', StringSplitOptions.RemoveEmptyEntries), name => Assert.False(meters.Takes(name)));
    }

    [Fact]
    public void All_faults_are_named_at_once_with_their_places()
    {
        var (config, faults) = Read(
            """
            sources:
              - name: a
                intervall: 10
                interval: 0
                meters: [cpu, "!disk"]
              - interval: often
                meters: []
              - name: c
                interval: 10
                meters: [cpu, "*", [x]]
                resources: {a: b}
                discovery: [null]
              - d
            """);
        Assert.Null(config);
        Assert.Equal(
            [
                "polling.yaml:3:5: unknown key 'intervall' in a polling source; allowed: name, interval, meters, "
                + "resources, discovery, group_id_coordination_expression. Did you mean 'interval'?",
                "polling.yaml:4:15: 'interval' of polling source 'a' must be seconds from 1 to 2592000, found '0'",
                "polling.yaml:5:13: polling source 'a' both names a meter ('cpu') and excludes one ('!disk'); only "
                + "'*' goes with exclusions",
                "polling.yaml:6:5: a polling source needs 'name'",
                "polling.yaml:6:15: 'interval' of a polling source must be seconds from 1 to 2592000, found 'often'",
                "polling.yaml:7:13: a polling source needs 'meters': a list of names, patterns and exclusions",
                "polling.yaml:10:24: a meter of polling source 'c' must be a name or pattern, found a list",
                "polling.yaml:10:13: polling source 'c' names a meter ('cpu') beside '*', which takes all",
                "polling.yaml:11:16: 'resources' of polling source 'c' must be a list, found a mapping",
                "polling.yaml:12:17: a discovery of polling source 'c' must be text, found nothing",
                "polling.yaml:13:5: a polling source must be a mapping, found 'd'",
            ],
            faults.All.Select(fault => fault.ToString()));
    }

    [Theory]
    [InlineData("", "polling.yaml: a polling file needs 'sources', found nothing")]
    [InlineData("sources:", "polling.yaml:1:9: a polling file needs 'sources'")]
    [InlineData("source: []", "polling.yaml:1:1: unknown key 'source' in a polling file; allowed: sources. "
        + "Did you mean 'sources'?")]
    [InlineData("[]", "polling.yaml:1:1: a polling file must be a mapping, found a list")]
    [InlineData("sources: {}", "polling.yaml:1:10: 'sources' of a polling file must be a list, found a mapping")]
    public void A_file_without_sources_is_refused(string yaml, string expected)
    {
        var (config, faults) = Read(yaml);
        Assert.Null(config);
        Assert.Equal(expected, faults.All[0].ToString());
    }

    [Fact]
    public void What_has_no_effect_is_a_warning()
    {
        var (config, faults) = Read(
            """
            sources:
              - {name: a, interval: 10, meters: [cpu], group_id_coordination_expression: "name[0]"}
              - {name: a, interval: 10, meters: [cpu]}
            """);
        Assert.Equal(2, config!.Sources.Count);
        Assert.Equal(
            [
                "polling.yaml:2:78: 'group_id_coordination_expression' of polling source 'a' has no effect: resources "
                + "are shared among the agents one by one",
                "polling.yaml:3:5: polling source name 'a' occurs twice; both are polled",
            ],
            faults.Warnings.Select(warning => warning.ToString()));
    }

    [Fact]
    public void The_default_file_is_read_without_fault()
    {
        var file = Path.Combine(AppContext.BaseDirectory, "etc", "polling.yaml");
        var (config, faults) = Read(File.ReadAllText(file));
        Assert.Empty(faults.All);
        Assert.Empty(faults.Warnings);
        Assert.NotNull(config);
    }

    [Fact]
    public void Any_text_is_read_or_refused() => Gen.String[Gen.Char["sourcenamtlv:-[]{}!*\"' \n109"], 0, 80]
        .Sample(text => Read("sources:\n" + text) is var (config, faults) && (config is not null) == faults.None,
            iter: 2000);

    private static (PollingConfig? Config, ConfigFaults Faults) Read(string yaml)
    {
        var faults = new ConfigFaults();
        var root = YamlReader.Read(yaml, "polling.yaml", faults);
        return (faults.None ? PollingFile.Read(root, "polling.yaml", faults) : null, faults);
    }
}

using Ops.Model;
using Ops.Pipeline.Events;
using Ops.Server.Config;
using Xunit;

namespace Ops.Unit.Pipeline.Events;

public sealed class EventPipelineConfigTests
{
    [Fact]
    public void The_file_of_Ceilometer_is_read()
    {
        var (config, faults) = Read(
            """
            sources:
              - name: event_source
                events: ["*", "!compute.*.exists"]
                sinks: [event_sink, event_source]
            sinks:
              - name: event_sink
                publishers: [notifier://]
              - name: event_source
                transformers:
                publishers: ["store", "file:///tmp/e?json"]
            """);
        Assert.Empty(faults.All);
        Assert.Empty(faults.Warnings);
        Assert.Equal(["event:event_source:event_sink", "event:event_source"], config!.Names);
        var filter = Assert.Single(config.Sources).Meters;
        Assert.True(filter.Takes("compute.instance.create.end"));
        Assert.False(filter.Takes("compute.instance.exists"));
        Assert.Equal(["store://", "file:///tmp/e?json"], config.Sinks[1].Publishers);
    }

    [Theory]
    [InlineData(
        "{sources: [{name: a, meters: [x], sinks: [s]}], sinks: [{name: s, publishers: [test]}]}",
        "e.yaml:1:22: unknown key 'meters' in a source; allowed: name, events, sinks, interval, resources, discovery",
        "e.yaml:1:12: source 'a' needs 'events': a list of names, patterns and exclusions")]
    [InlineData(
        "{sources: [{name: a, events: [x, '!y'], sinks: [t]}], sinks: [{name: s, publishers: []}]}",
        "e.yaml:1:85: sink 's' needs 'publishers': one or more addresses such as 'store://'",
        "e.yaml:1:30: source 'a' both names an event type ('x') and excludes one ('!y'); only '*' goes with exclusions",
        "e.yaml:1:49: source 'a' names sink 't', which is not defined; defined: s. Did you mean 's'?")]
    public void Faults_are_told_all_at_once(string yaml, params string[] messages)
    {
        var (config, faults) = Read(yaml);
        Assert.Null(config);
        Assert.Equal(messages.Order(), faults.All.Select(fault => fault.ToString()).Order());
    }

    [Fact]
    public void A_publisher_that_takes_no_events_is_a_warning_and_so_are_transformers()
    {
        var (config, faults) = Read(
            """
            sources: [{name: a, events: [x], sinks: [s]}]
            sinks:
              - name: s
                transformers: [{name: rate_of_change}]
                publishers: ["udp://h:1", "notifer://", "test://"]
            """);
        Assert.Equal(["test://"], config!.Sinks[0].Publishers);
        Assert.Equal(
            [
                "e.yaml:4:19: 'transformers' of sink 's' are ignored: events pass as they are",
                "e.yaml:5:18: sink 's' names publisher 'udp://h:1', which takes no events, and goes without; "
                    + "known: store, file, http, https, test, notifier",
                "e.yaml:5:31: sink 's' names publisher 'notifer://', of which there is no such kind, and goes "
                    + "without; known: store, file, http, https, test, notifier. Did you mean 'notifier'?",
            ],
            faults.Warnings.Select(fault => fault.ToString()));
    }

    private static (EventPipelineConfig? Config, ConfigFaults Faults) Read(string yaml)
    {
        var faults = new ConfigFaults();
        return (EventPipelineConfig.Read(YamlReader.Read(yaml, "e.yaml", faults), "e.yaml", faults), faults);
    }
}

using Ops.Collectors.Polling;
using Ops.Model;
using Ops.Server.Config;
using Xunit;

namespace Ops.Unit.Collectors.Polling;

public sealed class PollingOptionsTests
{
    [Fact]
    public void Every_key_is_read()
    {
        var (options, faults) = Read(
            """
            namespaces: [compute]
            name: agent-a
            agents: [agent-a, agent-b]
            local_agents: [agent-a]
            partitioning_group_prefix: east
            parallel_max: 4
            timeout: 5s
            spread: 0
            backoff_max: 10m
            series_max: 5000
            heartbeat_socket_dir: /run/ops
            """);
        Assert.Empty(faults.All);
        Assert.Equal(["compute"], options.Namespaces);
        Assert.Equal("agent-a", options.Name);
        Assert.Equal(["agent-a", "agent-b"], options.Agents);
        Assert.Equal(["agent-a"], options.LocalAgents);
        Assert.Equal("east", options.PartitioningGroupPrefix);
        Assert.Equal(4, options.ParallelMax);
        Assert.Equal(TimeSpan.FromSeconds(5), options.Timeout);
        Assert.Equal(TimeSpan.Zero, options.Spread);
        Assert.Equal(TimeSpan.FromMinutes(10), options.BackoffMax);
        Assert.Equal(5000, options.SeriesMax);
        Assert.Equal("/run/ops", options.HeartbeatFolder);
    }

    [Fact]
    public void What_is_absent_has_its_default()
    {
        var (options, faults) = Read("{}");
        Assert.Empty(faults.All);
        Assert.Equal(["central", "compute"], options.Namespaces);
        Assert.Equal(8, options.ParallelMax);
        Assert.Equal(TimeSpan.FromSeconds(30), options.Timeout);
        Assert.Null(options.HeartbeatFolder);
    }

    [Fact]
    public void What_is_wrong_is_named()
    {
        var (_, faults) = Read(
            """
            paralel_max: 4
            parallel_max: 0
            timeout: 2h
            backoff_max: soon
            agents: [a, a, {b: c}]
            """);
        Assert.Equal(
            [
                "ops.yaml:1:1: unknown key 'paralel_max' in polling; allowed: namespaces, name, agents, local_agents, "
                + "partitioning_group_prefix, parallel_max, timeout, spread, backoff_max, series_max, "
                + "heartbeat_socket_dir. Did you mean 'parallel_max'?",
                "ops.yaml:5:13: 'agents' of polling holds 'a' twice",
                "ops.yaml:5:16: 'agents' of polling must hold names, found a mapping",
                "ops.yaml:2:15: 'parallel_max' of polling must be a whole number from 1 to 256, found '0'",
                "ops.yaml:3:10: 'timeout' of polling must be from 100ms to 1h, found '2h'",
                "ops.yaml:4:14: 'backoff_max' of polling must be a duration such as 10s, 5m or 1h30m, found 'soon'",
            ],
            faults.All.Select(fault => fault.ToString()));
    }

    private static (PollingOptions Options, ConfigFaults Faults) Read(string yaml)
    {
        var faults = new ConfigFaults();
        return (PollingOptionsReader.Read(YamlReader.Read(yaml, "ops.yaml", faults), faults), faults);
    }
}

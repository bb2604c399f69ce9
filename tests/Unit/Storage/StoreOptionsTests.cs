using Ops.Model;
using Ops.Storage;
using Xunit;

namespace Ops.Unit.Storage;

public sealed class StoreOptionsTests
{
    [Fact]
    public void An_absent_section_has_the_defaults()
    {
        var options = StoreOptionsReader.Read(null, new ConfigFaults());
        Assert.Equal(
            (TimeSpan.FromMilliseconds(400), TimeSpan.FromDays(14)), (options.FlushEvery, options.Retention.Raw));
    }

    [Fact]
    public void All_faults_are_reported_at_their_places()
    {
        var faults = new ConfigFaults();
        var options = StoreOptionsReader.Read(
            Map(("flush_evry", Scalar("1s", 2)), ("memory_mb", Scalar("5", 3)),
                ("retention", Map(("raw", Scalar("1m", 4))))), faults);

        Assert.Equal(512, options.MemoryMb);
        Assert.Equal(
            [
                "ops.yaml:1:1: unknown key 'flush_evry' in store; allowed: flush_every, queued_max, memory_mb, "
                + "query_timeout, retention. Did you mean 'flush_every'?",
                "ops.yaml:3:1: 'memory_mb' of store must be a whole number from 64 to 1048576, found '5'",
                "ops.yaml:4:1: 'raw' of store.retention must be from 01:00:00 to 10000.00:00:00, found '1m'",
            ],
            faults.All.Select(fault => fault.ToString()));
    }

    private static ConfigNode Scalar(string text, int line) => ConfigNode.Scalar(text, false, "ops.yaml", line, 1);

    private static ConfigNode Map(params (string Key, ConfigNode Value)[] members) =>
        ConfigNode.Mapping(
            [.. members.Select(member => new ConfigMember(member.Key, 1, 1, member.Value))], "ops.yaml", 1, 1);
}

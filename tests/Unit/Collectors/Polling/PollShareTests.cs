using Ops.Collectors.Polling;
using Xunit;

namespace Ops.Unit.Collectors.Polling;

public sealed class PollShareTests
{
    private static readonly PollResource[] Twelve =
        [.. Enumerable.Range(0, 12).Select(i => new PollResource($"res-{i}"))];

    [Fact]
    public void Agents_share_every_resource_once()
    {
        string[] agents = ["agent-a", "agent-b", "agent-c"];
        var all = agents.SelectMany(name => ShareOf(name, agents).Mine("global", Twelve)).Select(one => one.Key);
        Assert.Equal(Twelve.Select(one => one.Key).Order(), all.Order());
    }

    [Fact]
    public void An_agent_gets_what_Ocata_gives_it() => Assert.Equal(
        ["res-1", "res-4", "res-5", "res-6", "res-8"],
        ShareOf("agent-a", "agent-a", "agent-b").Mine("global", Twelve).Select(resource => resource.Key));

    [Fact]
    public void An_agent_that_is_no_member_gets_nothing()
    {
        var share = ShareOf("agent-x", "agent-a", "agent-b");
        Assert.False(share.IsMember);
        Assert.Empty(share.Mine("global", Twelve));
        Assert.Empty(share.Mine(null, Twelve));
    }

    [Fact]
    public void An_agent_alone_gets_everything() =>
        Assert.Equal(12, ShareOf("agent-a").Mine("global", Twelve).Count);

    [Fact]
    public void What_is_of_no_group_is_everybodys() =>
        Assert.Equal(12, ShareOf("agent-a", "agent-a", "agent-b").Mine(null, Twelve).Count);

    [Fact]
    public void What_a_host_finds_of_its_own_is_shared_by_its_own_agents_only()
    {
        var alone = new PollShare(new PollingOptions { Name = "agent-a", Agents = ["agent-a", "agent-b"] });
        Assert.Equal(12, alone.Mine("host-1", Twelve).Count);
        var two = new PollShare(new PollingOptions { Name = "agent-a", LocalAgents = ["agent-a", "agent-b"] });
        Assert.Equal(5, two.Mine("host-1", Twelve).Count);
        Assert.Equal(12, two.Mine("global", Twelve).Count);
    }

    [Theory]
    [InlineData(null, "central-compute-global")]
    [InlineData("", "central-compute-global")]
    [InlineData("east", "central-compute-east-global")]
    public void A_group_is_named_by_namespaces_prefix_and_discovery(string? prefix, string expected) =>
        Assert.Equal(expected, PollShare.GroupId(["compute", "central"], prefix, "global"));

    [Fact]
    public void The_group_of_a_list_depends_on_what_it_holds_alone()
    {
        Assert.Equal(PollShare.GroupOf(["a", "b"]), PollShare.GroupOf(["b", "a", "b"]));
        Assert.NotEqual(PollShare.GroupOf(["a", "b"]), PollShare.GroupOf(["a", "c"]));
        Assert.Equal(16, PollShare.GroupOf([]).Length);
    }

    private static PollShare ShareOf(string name, params string[] agents) =>
        new(new PollingOptions { Name = name, Agents = agents });
}

using CsCheck;
using Ops.Collectors.Polling;
using Xunit;

namespace Ops.Unit.Collectors.Polling;

/// <remarks>The vectors were computed with the hash ring of Ceilometer 8 (Ocata).</remarks>
public sealed class HashRingTests
{
    [Theory]
    [InlineData("agent-a agent-b agent-c", "caccccccccbc")]
    [InlineData("agent-a agent-b", "babbaaababbb")]
    public void Resources_belong_to_the_agents_that_Ocata_gives_them_to(string members, string owners)
    {
        var ring = new HashRing(members.Split(' '));
        var found = string.Concat(Enumerable.Range(0, 12).Select(i => ring.OwnerOf($"res-{i}")![^1]));
        Assert.Equal(owners, found);
    }

    [Fact]
    public void The_order_of_the_members_does_not_matter() => Assert.Equal(
        Enumerable.Range(0, 100).Select(i => new HashRing(["a", "b", "c"]).OwnerOf($"{i}")),
        Enumerable.Range(0, 100).Select(i => new HashRing(["c", "a", "b", "a"]).OwnerOf($"{i}")));

    [Fact]
    public void Without_members_nothing_belongs_to_anyone() => Assert.Null(new HashRing([]).OwnerOf("res-0"));

    [Fact]
    public void Where_a_member_goes_only_its_own_resources_move() =>
        Gen.Select(Gen.String[Gen.Char.AlphaNumeric, 1, 12], Gen.Int[2, 8]).Sample((key, count) =>
        {
            var members = Enumerable.Range(0, count).Select(i => $"m{i}").ToList();
            var before = new HashRing(members).OwnerOf(key)!;
            var after = new HashRing(members.Skip(1)).OwnerOf(key)!;
            return before == "m0" ? after != "m0" : after == before;
        }, iter: 200);

    [Fact]
    public void Each_of_three_members_has_a_fair_share()
    {
        var ring = new HashRing(["agent-a", "agent-b", "agent-c"]);
        var shares = Enumerable.Range(0, 3000).GroupBy(i => ring.OwnerOf($"instance-{i:x8}"))
            .Select(group => group.Count());
        Assert.All(shares, share => Assert.InRange(share, 600, 1500));
    }
}

using Ops.Collectors.Polling;
using Ops.Model;
using Xunit;

namespace Ops.Unit.Collectors.Polling;

public sealed class PollRoundTests
{
    [Fact]
    public async Task What_pollsters_share_is_asked_for_once_its_failure_too()
    {
        var round = new PollRound(PollRig.Start);
        var asked = 0;
        Task<int> Ask() => ++asked == 1 ? Task.FromResult(7) : throw new InvalidOperationException("twice");
        Assert.Equal(7, await round.ForOneCall().SharedAsync("servers", Ask));
        Assert.Equal(7, await round.ForOneCall().SharedAsync("servers", Ask));
        for (var i = 0; i < 2; i++)
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => round.SharedAsync("images", Ask));
        }

        Assert.Equal(2, asked);
    }

    [Fact]
    public void Calls_of_one_round_keep_their_findings_apart()
    {
        var round = new PollRound(PollRig.Start);
        var (one, other) = (round.ForOneCall(), round.ForOneCall());
        one.Add(new PolledSample("cpu", MeterKind.Gauge, "%", "vm", 1));
        one.FailPassing(new PollResource("vm"), "gone");
        other.FailPermanently(new PollResource("vm"));
        var findings = one.Take();
        Assert.Single(findings.Samples);
        Assert.Equal("gone", findings.Passing.Single().Problem);
        Assert.Empty(findings.Failed);
        Assert.Single(other.Take().Failed);
        Assert.Empty(round.Take().Samples);
        Assert.Equal(PollRig.Start, one.At);
    }

    [Fact]
    public void What_is_seen_bears_the_time_of_the_round()
    {
        var round = new PollRound(PollRig.Start);
        round.Observe(new Observation { Entity = new EntityRef("switch", "s1") });
        Assert.Equal(PollRig.Start, round.Take().Observations.Single().At);
    }
}

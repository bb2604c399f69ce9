using Ops.Collectors.Libvirt;
using Ops.Collectors.Polling;

namespace Ops.Unit.Collectors.Libvirt;

/// <summary>A round with every pollster of an agent.</summary>
internal static class Round
{
    public static async Task<PollFindings> PollAsync(LibvirtAgent agent, IReadOnlyList<IPollster>? pollsters = null)
    {
        var round = new PollRound(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
        var found = new Dictionary<string, IReadOnlyList<PollResource>>();
        foreach (var discovery in LibvirtPollsters.Discoveries(agent))
        {
            found[discovery.Name] = await discovery.DiscoverAsync(null, round, CancellationToken.None);
        }

        await Task.WhenAll((pollsters ?? LibvirtPollsters.All(agent)).Select(
            pollster => pollster.PollAsync(round, found[pollster.DefaultDiscovery], CancellationToken.None)));
        return round.Take();
    }
}

using Ops.Collectors.Libvirt;
using Ops.Collectors.Polling;
using Ops.Model;

namespace Ops.Integration.Libvirt;

/// <summary>A round of polling with every pollster of the compute agent.</summary>
internal sealed record Polled(IReadOnlyList<PolledSample> Samples, IReadOnlyList<Observation> Observations)
{
    public static async Task<Polled> AllAsync(LibvirtAgent agent, IReadOnlyList<IPollster>? pollsters = null)
    {
        var round = new PollRound(TimeProvider.System.GetUtcNow());
        var found = new Dictionary<string, IReadOnlyList<PollResource>>();
        foreach (var discovery in LibvirtPollsters.Discoveries(agent))
        {
            found[discovery.Name] = await discovery.DiscoverAsync(null, round, CancellationToken.None);
        }

        foreach (var pollster in pollsters ?? LibvirtPollsters.All(agent))
        {
            await pollster.PollAsync(round, found[pollster.DefaultDiscovery], CancellationToken.None);
        }

        var findings = round.Take();
        return new Polled(findings.Samples, findings.Observations);
    }

    public PolledSample One(string meter) => Assert.Single(Samples, sample => sample.Meter == meter);

    public double Volume(string meter) => One(meter).Volume;
}

using Ops.Collectors.Polling;

namespace Ops.Collectors.Libvirt;

/// <summary>Draws the instances of this host into the entity graph, and takes out those that are gone.</summary>
internal sealed class LibvirtEntitiesPollster(LibvirtAgent agent) : IPollster
{
    private HashSet<string> _known = [];

    /// <inheritdoc/>
    public string Name => "entities.libvirt";

    /// <inheritdoc/>
    public string DefaultDiscovery => LibvirtHostDiscovery.DiscoveryName;

    /// <inheritdoc/>
    public async Task PollAsync(
        PollRound round, IReadOnlyList<PollResource> resources, CancellationToken cancellationToken)
    {
        var instances = await agent.ReadAsync(round, cancellationToken).ConfigureAwait(false);
        if (agent.Status() is { Ok: false })
        {
            return;
        }

        round.Observe(InstanceObservations.OfHost(agent));
        foreach (var instance in instances.Values)
        {
            round.Observe(InstanceObservations.Of(instance));
        }

        foreach (var gone in _known.Except(instances.Keys))
        {
            round.Observe(InstanceObservations.Gone(gone));
        }

        _known = [.. instances.Keys];
    }
}

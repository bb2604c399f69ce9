using Ops.Collectors.Polling;

namespace Ops.Collectors.Libvirt;

/// <summary>Finds the instances of this compute host, in Ceilometer's way <c>libvirt_metadata</c>.</summary>
public sealed class LocalInstancesDiscovery(LibvirtAgent agent) : IDiscovery
{
    /// <inheritdoc/>
    public string Name => "local_instances";

    /// <inheritdoc/>
    public string? Group => agent.Host;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<PollResource>> DiscoverAsync(
        string? parameter, PollRound round, CancellationToken cancellationToken)
    {
        var instances = await agent.ReadAsync(round, cancellationToken).ConfigureAwait(false);
        return [.. instances.Keys.Order(StringComparer.Ordinal).Select(id => new PollResource(id))];
    }
}

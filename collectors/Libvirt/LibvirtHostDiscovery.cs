using Ops.Collectors.Polling;

namespace Ops.Collectors.Libvirt;

/// <summary>Finds this compute host itself, which is there also when no instance is.</summary>
public sealed class LibvirtHostDiscovery(LibvirtAgent agent) : IDiscovery
{
    /// <summary>The discovery's name.</summary>
    public const string DiscoveryName = "libvirt_host";

    /// <inheritdoc/>
    public string Name => DiscoveryName;

    /// <inheritdoc/>
    public string? Group => agent.Host;

    /// <inheritdoc/>
    public Task<IReadOnlyList<PollResource>> DiscoverAsync(
        string? parameter, PollRound round, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<PollResource>>([new PollResource(agent.Host)]);
}

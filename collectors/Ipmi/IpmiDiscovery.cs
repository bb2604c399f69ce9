using Ops.Collectors.Polling;

namespace Ops.Collectors.Ipmi;

/// <summary>Finds the targets of <see cref="IpmiOptions"/>.</summary>
/// <param name="options">The targets.</param>
public sealed class IpmiDiscovery(IpmiOptions options) : IDiscovery
{
    /// <inheritdoc/>
    public string Name => "ipmi";

    /// <summary>All agents share remote targets; where there are only local ones, each agent polls its own.</summary>
    public string? Group => options.Targets.Any(target => target.Host is not null) ? "global" : null;

    /// <summary>All targets; with a parameter those of that name or host.</summary>
    public Task<IReadOnlyList<PollResource>> DiscoverAsync(
        string? parameter, PollRound round, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<PollResource>>(
        [
            .. options.Targets
                .Where(target => string.IsNullOrEmpty(parameter) || parameter == target.Name
                    || parameter == target.Host)
                .Select(target => new PollResource(target.Url, target)),
        ]);
}

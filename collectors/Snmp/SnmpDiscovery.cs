using Ops.Collectors.Polling;

namespace Ops.Collectors.Snmp;

/// <summary>Finds the targets of <see cref="SnmpOptions"/>, under URLs without secrets.</summary>
/// <param name="options">The targets.</param>
public sealed class SnmpDiscovery(SnmpOptions options) : IDiscovery
{
    /// <inheritdoc/>
    public string Name => "snmp";

    /// <summary>All agents share the targets among them.</summary>
    public string? Group => "global";

    /// <summary>All targets; with a parameter those whose URL or address is it.</summary>
    public Task<IReadOnlyList<PollResource>> DiscoverAsync(
        string? parameter, PollRound round, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<PollResource>>(
        [
            .. options.Targets
                .Where(target => string.IsNullOrEmpty(parameter) || parameter == target.Url
                    || parameter == target.Address || parameter == target.Id)
                .Select(target => new PollResource(target.Url, target)),
        ]);
}

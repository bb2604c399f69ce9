using Ops.Collectors.Polling;

namespace Ops.Collectors.Datasources;

/// <summary>Gives a datasource that needs no cloud one resource of its own name.</summary>
internal sealed class NamedDiscovery(string name, string? group) : IDiscovery
{
    public string Name => name;

    public string? Group => group;

    public Task<IReadOnlyList<PollResource>> DiscoverAsync(
        string? parameter, PollRound round, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<PollResource>>([new PollResource($"{name}://{parameter}")]);
}

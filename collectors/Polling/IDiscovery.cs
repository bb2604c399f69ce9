namespace Ops.Collectors.Polling;

/// <summary>Finds what there is to poll.</summary>
public interface IDiscovery
{
    /// <summary>The name before <c>://</c>, such as <c>endpoint</c>.</summary>
    string Name { get; }

    /// <summary>
    /// Who shares its resources among them: <c>global</c> for all agents, a host's name for the agents of that host;
    /// null where every agent polls all of them.
    /// </summary>
    string? Group { get; }

    /// <summary>Finds the resources of a parameter; the caller asks once a round and parameter.</summary>
    Task<IReadOnlyList<PollResource>> DiscoverAsync(
        string? parameter, PollRound round, CancellationToken cancellationToken);
}

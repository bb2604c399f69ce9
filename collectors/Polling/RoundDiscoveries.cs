namespace Ops.Collectors.Polling;

/// <summary>Finds the resources of one round: each discovery is asked once, and only this agent's share is kept.
/// </summary>
internal sealed class RoundDiscoveries(
    PollPlan plan, PollShare share, PollRound round, PollingOptions options, TimeProvider time, TroubleLog log)
{
    private readonly Dictionary<string, Lazy<Task<IReadOnlyList<PollResource>>>> _found =
        new(StringComparer.Ordinal);

    /// <summary>
    /// What a source lists and its discoveries find; where that is nothing, what the pollster's own discovery finds.
    /// </summary>
    public async Task<IReadOnlyList<PollResource>> CandidatesAsync(
        PollingSource source, IPollster pollster, CancellationToken cancellationToken)
    {
        var candidates = new List<PollResource>(
            share.Mine(PollShare.Global, [.. source.Resources.Select(key => new PollResource(key))]));
        foreach (var url in source.Discovery)
        {
            candidates.AddRange(await FindAsync(url, cancellationToken).ConfigureAwait(false));
        }

        return candidates.Count > 0 || string.IsNullOrEmpty(pollster.DefaultDiscovery)
            ? candidates
            : await FindAsync(pollster.DefaultDiscovery, cancellationToken).ConfigureAwait(false);
    }

    private Task<IReadOnlyList<PollResource>> FindAsync(string url, CancellationToken cancellationToken)
    {
        lock (_found)
        {
            if (!_found.TryGetValue(url, out var found))
            {
                found = new(() => AskAsync(url, cancellationToken));
                _found[url] = found;
            }

            return found.Value;
        }
    }

    private async Task<IReadOnlyList<PollResource>> AskAsync(string url, CancellationToken cancellationToken)
    {
        if (plan.Discovery(DiscoveryUrl.NameOf(url)) is not { } discovery)
        {
            log.Say($"discovery {url}", $"polling: there is no discovery '{url}'; it finds nothing");
            return [];
        }

        using var limit = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            var token = either.Token;
            var found = await Task.Run(
                () => discovery.DiscoverAsync(DiscoveryUrl.ParameterOf(url), round, token), token)
                .WaitAsync(options.Timeout + PollTurn.Grace, time, cancellationToken).ConfigureAwait(false);
            log.Heal($"discovery {url}", $"polling: discovery '{url}' works again");
            return share.Mine(discovery.Group, found);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            var problem = fault is OperationCanceledException or TimeoutException
                ? $"no answer within {options.Timeout.TotalSeconds:0.###} s"
                : fault.Message;
            log.Say($"discovery {url}", $"polling: discovery '{url}' failed: {problem}; it finds nothing");
            return [];
        }
    }
}

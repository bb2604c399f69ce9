using Ops.Collectors.Keystone;
using Ops.Collectors.Polling;

namespace Ops.Collectors.Datasources;

/// <summary>The entries of a datasource, asked for once a round however many pollsters want them.</summary>
internal sealed class DatasourceListing(DatasourceDefinition definition, DatasourceAsker asker)
{
    private const int ParallelMax = 8;

    public DatasourceDefinition Definition { get; } = definition;

    public static string CloudOf(PollResource resource) =>
        (resource.Value as CloudResource)?.Session.Options.Name ?? "";

    public Task<IReadOnlyList<object?>> EntriesAsync(
        PollRound round, PollResource resource, CancellationToken cancellationToken) =>
        round.SharedAsync($"datasource {Definition.Name} {resource.Key}", () => AskAsync(resource, cancellationToken));

    private async Task<IReadOnlyList<object?>> AskAsync(PollResource resource, CancellationToken cancellationToken)
    {
        var session = (resource.Value as CloudResource)?.Session;
        var entries = await Definition.Listing
            .AskAsync(asker, session, Definition.Listing.Reach.Path, cancellationToken).ConfigureAwait(false);
        foreach (var each in Definition.Each)
        {
            entries = await WithAsync(each, entries, resource, session, cancellationToken).ConfigureAwait(false);
        }

        return entries;
    }

    private async Task<IReadOnlyList<object?>> WithAsync(
        SubListing each, IReadOnlyList<object?> entries, PollResource resource, KeystoneSession? session,
        CancellationToken cancellationToken)
    {
        var whole = new IReadOnlyList<object?>[entries.Count];
        var limits = new ParallelOptions
        {
            MaxDegreeOfParallelism = ParallelMax, CancellationToken = cancellationToken,
        };
        await Parallel.ForAsync(0, entries.Count, limits, async (at, cancel) =>
        {
            whole[at] = each.IsApart ? [] : [entries[at]];
            if (entries[at] is not IReadOnlyDictionary<string, object?> entry
                || EntryScope.Of(entry, CloudOf(resource)).Text(each.Path) is not { } path)
            {
                return;
            }

            var found = await each.Listing.AskAsync(asker, session, path, cancel).ConfigureAwait(false);
            whole[at] = each.IsApart
                ? [.. found.Select(one => new Dictionary<string, object?>(entry) { [each.Name] = one })]
                : [new Dictionary<string, object?>(entry) { [each.Name] = found }];
        }).ConfigureAwait(false);
        return whole.Sum(some => some.Count) <= asker.Options.EntriesMax
            ? [.. whole.SelectMany(some => some)]
            : throw new CloudException(
                $"'{each.Name}' of {Definition.Name} lists more than {asker.Options.EntriesMax} entries", true);
    }
}

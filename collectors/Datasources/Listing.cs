using Ops.Collectors.Keystone;

namespace Ops.Collectors.Datasources;

/// <summary>What is asked for: a reach, where its entries are, and how the next page is found.</summary>
/// <param name="Reach">How.</param>
/// <param name="Entries">Where the entries are; null for the first member of a mapping.</param>
/// <param name="Next">Where the next page's address is; null for one page.</param>
internal sealed record Listing(Reach Reach, Extract? Entries, Extract? Next)
{
    private static readonly IReadOnlyDictionary<string, object?> Nothing = new Dictionary<string, object?>();

    /// <summary>All entries of all pages; an answer that is a list is the entries itself.</summary>
    public async Task<IReadOnlyList<object?>> AskAsync(
        DatasourceAsker asker, KeystoneSession? session, string path, CancellationToken cancellationToken)
    {
        var entries = new List<object?>();
        var asked = new HashSet<string>(StringComparer.Ordinal);
        for (var page = path; asked.Add(page);)
        {
            object? answer;
            try
            {
                answer = await asker.AskAsync(Reach, session, page, cancellationToken).ConfigureAwait(false);
            }
            catch (CloudException fault) when (Reach.IsOptional && fault.IsMissing && page == path)
            {
                return entries;
            }

            entries.AddRange(EntriesOf(answer));
            if (entries.Count > asker.Options.EntriesMax)
            {
                throw new CloudException($"{path} lists more than {asker.Options.EntriesMax} entries", true);
            }

            if (Next?.OrNull(answer, Variables(answer)) is not string { Length: > 0 } next)
            {
                return entries;
            }

            if (asked.Count >= asker.Options.PagesMax)
            {
                throw new CloudException($"{path} has more than {asker.Options.PagesMax} pages", true);
            }

            page = next;
        }

        throw new CloudException($"{path} has pages that lead in a circle", isPermanent: true);
    }

    private IReadOnlyList<object?> EntriesOf(object? answer)
    {
        if (Reach.TakesHeaders)
        {
            return [answer];
        }

        if (answer is IReadOnlyList<object?> list)
        {
            return list;
        }

        var found = Entries is not null ? Entries.OrNull(answer, Variables(answer))
            : answer is IReadOnlyDictionary<string, object?> { Count: > 0 } map ? map.First().Value
            : null;
        return found switch
        {
            null => [],
            IReadOnlyList<object?> entries => entries,
            _ => [found],
        };
    }

    private static IReadOnlyDictionary<string, object?> Variables(object? answer) =>
        answer is null ? Nothing : new Dictionary<string, object?> { ["entry"] = answer, ["value"] = answer };
}

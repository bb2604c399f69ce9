using Ops.Collectors.Expressions;
using Ops.Collectors.Polling;
using Ops.Model;

namespace Ops.Collectors.Datasources;

/// <summary>
/// Observes the entities that a datasource's entries stand for; what a whole listing no longer has is deleted.
/// </summary>
internal sealed class EntityPollster(DatasourceListing listing, Action<string> report) : IPollster
{
    private readonly Dictionary<string, HashSet<EntityRef>> _known = new(StringComparer.Ordinal);

    public string Name => $"entities.{listing.Definition.Name}";

    public string DefaultDiscovery => listing.Definition.Listing.Reach.Discovery(listing.Definition.Name);

    public async Task PollAsync(
        PollRound round, IReadOnlyList<PollResource> resources, CancellationToken cancellationToken)
    {
        foreach (var resource in resources)
        {
            var entries = await listing.EntriesAsync(round, resource, cancellationToken).ConfigureAwait(false);
            var seen = new HashSet<EntityRef>();
            string? problem = null;
            foreach (var entry in entries)
            {
                problem ??= Observe(round, EntryScope.Of(entry, DatasourceListing.CloudOf(resource)), seen);
            }

            if (problem is not null)
            {
                // An entry that cannot be read may be any of those known, so that none is deleted.
                report($"datasource '{listing.Definition.Name}': an entry gives no entity: {problem}");
                seen.UnionWith(_known.GetValueOrDefault(resource.Key) ?? []);
            }

            foreach (var gone in (_known.GetValueOrDefault(resource.Key) ?? []).Except(seen))
            {
                round.Observe(new Observation
                {
                    Entity = gone, Action = ObservationAction.Delete, Datasource = listing.Definition.Name,
                });
            }

            _known[resource.Key] = seen;
        }
    }

    private string? Observe(PollRound round, EntryScope scope, HashSet<EntityRef> seen)
    {
        string? problem = null;
        foreach (var definition in listing.Definition.Entities)
        {
            try
            {
                if (scope.Entity(definition, listing.Definition.Name) is { } observation
                    && seen.Add(observation.Entity))
                {
                    round.Observe(observation);
                }
            }
            catch (EvaluationException fault)
            {
                problem ??= fault.Message;
            }
        }

        return problem;
    }
}

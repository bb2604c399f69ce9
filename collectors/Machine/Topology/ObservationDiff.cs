using Ops.Model;

namespace Ops.Collectors.Machine.Topology;

/// <summary>Says what changed between two pictures of the machine.</summary>
internal sealed class ObservationDiff
{
    /// <summary>The name under which the machine's observations go.</summary>
    public const string Datasource = "machine";

    private Dictionary<EntityRef, EntityPicture?> _before = [];
    private List<EntityRef> _deleted = [];
    private DateTimeOffset _lastAt;

    /// <summary>The entities that were said to be there.</summary>
    public IEnumerable<EntityRef> Known => _before.Keys;

    /// <summary>Notes an entity that an earlier run of the program reported, so that its end is said.</summary>
    public void Remember(EntityRef entity) => _before.TryAdd(entity, null);

    /// <summary>Upserts of what is new or changed, in the order given, then deletions of what is gone.</summary>
    /// <remarks>
    /// The times never go back, even where the clock does: the graph ignores what is older than it knows.
    /// </remarks>
    public List<Observation> To(IReadOnlyList<EntityPicture> pictures, DateTimeOffset now)
    {
        var at = now > _lastAt ? now : _lastAt.AddMilliseconds(1);
        _lastAt = at;
        var changes = new List<Observation>();
        var after = new Dictionary<EntityRef, EntityPicture?>(pictures.Count);
        foreach (var picture in pictures)
        {
            if (!after.TryAdd(picture.Entity, picture))
            {
                continue;
            }

            if (!_before.TryGetValue(picture.Entity, out var before) || before is null || !picture.IsSameAs(before))
            {
                changes.Add(WithRemovals(picture, before).ToObservation(at));
            }
        }

        _deleted = [.. _before.Keys.Where(entity => !after.ContainsKey(entity))];
        changes.AddRange(_deleted.Select(entity => new Observation
        {
            Entity = entity, Action = ObservationAction.Delete, At = at, Datasource = Datasource,
        }));
        _before = after;
        return changes;
    }

    /// <summary>Takes back that the last changes were said: the next ones say everything, deletions too.</summary>
    public void Repeat()
    {
        foreach (var entity in _deleted)
        {
            Remember(entity);
        }

        foreach (var entity in _before.Keys)
        {
            _before[entity] = null;
        }
    }

    /// <summary>Properties merge, so one that is no more must be named, with nothing.</summary>
    private static EntityPicture WithRemovals(EntityPicture picture, EntityPicture? before)
    {
        foreach (var name in before?.Properties.Keys.ToList() ?? [])
        {
            picture.Properties.TryAdd(name, null);
        }

        return picture;
    }
}

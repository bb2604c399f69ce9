using System.Collections;
using System.Runtime.InteropServices;
using Ops.Model;

namespace Ops.Collectors.Polling;

/// <summary>Gives the series and context of polled samples: the same objects as long as nothing in them changed.
/// </summary>
/// <remarks>Readers compare the references. Not safe for concurrent use.</remarks>
/// <param name="catalog">Interns series.</param>
/// <param name="seriesMax">Series in the catalogue past which new ones are refused.</param>
internal sealed class SeriesSlots(SeriesCatalog catalog, int seriesMax)
{
    private readonly Dictionary<(string Meter, string ResourceId, Tags Dimensions), Slot> _slots = [];

    /// <summary>How many series it remembers.</summary>
    public int Count => _slots.Count;

    /// <summary>The series and context of a sample; false where there is no room for a new series.</summary>
    public bool TryFind(PolledSample sample, out Series series, out SampleContext context)
    {
        ref var slot = ref CollectionsMarshal.GetValueRefOrAddDefault(
            _slots, (sample.Meter, sample.ResourceId, sample.Dimensions), out var isKnown);
        if (!isKnown)
        {
            var known = catalog.Find(
                sample.Meter, sample.ResourceId, sample.Dimensions, sample.Meter, "value", null);
            if (known is null && catalog.Count >= seriesMax)
            {
                _slots.Remove((sample.Meter, sample.ResourceId, sample.Dimensions));
                (series, context) = (null!, null!);
                return false;
            }

            slot.Series = known ?? catalog.Intern(sample.Meter, sample.ResourceId, sample.Dimensions);
        }

        if (slot.Context is null || !IsSame(slot.Context, sample))
        {
            slot.Context = ContextOf(sample);
        }

        (series, context) = (slot.Series, slot.Context);
        return true;
    }

    private static SampleContext ContextOf(PolledSample sample) => new()
    {
        Kind = sample.Kind,
        Unit = sample.Unit,
        ProjectId = sample.ProjectId,
        UserId = sample.UserId,
        ResourceName = sample.ResourceName,
        ResourceType = sample.ResourceType,
        Metadata = sample.Metadata,
    };

    private static bool IsSame(SampleContext context, PolledSample sample) =>
        context.Kind == sample.Kind
        && context.Unit == sample.Unit
        && context.ProjectId == sample.ProjectId
        && context.UserId == sample.UserId
        && context.ResourceName == sample.ResourceName
        && context.ResourceType == sample.ResourceType
        && AreEqual(context.Metadata, sample.Metadata);

    /// <summary>Metadata by content: texts, numbers, nested dictionaries and lists.</summary>
    private static bool AreEqual(object? one, object? other)
    {
        if (ReferenceEquals(one, other))
        {
            return true;
        }

        return (one, other) switch
        {
            (IReadOnlyDictionary<string, object?> left, IReadOnlyDictionary<string, object?> right) =>
                left.Count == right.Count
                && left.All(pair => right.TryGetValue(pair.Key, out var value) && AreEqual(pair.Value, value)),
            (string left, string right) => left == right,
            (IList left, IList right) =>
                left.Count == right.Count
                && Enumerable.Range(0, left.Count).All(i => AreEqual(left[i], right[i])),
            _ => one is not null && one.Equals(other),
        };
    }

    private struct Slot
    {
        public Series Series;
        public SampleContext? Context;
    }
}

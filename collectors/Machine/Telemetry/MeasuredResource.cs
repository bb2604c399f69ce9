using Ops.Collectors.Machine.Meters;
using Ops.Model;

namespace Ops.Collectors.Machine.Telemetry;

/// <summary>Something that samples are taken of, with the series and contexts that its samples share.</summary>
/// <remarks>
/// One object lives as long as type, id, name, metadata and dimensions stay the same, so that a poll that finds nothing
/// new allocates nothing and every sample of a series bears the same context object.
/// </remarks>
internal sealed class MeasuredResource(
    string type, string id, string name, IReadOnlyDictionary<string, object?> metadata, Tags? dimensions = null)
{
    private (Series Series, SampleContext Context)[] _slots = [];

    /// <summary>The entity type.</summary>
    public string Type => type;

    /// <summary>The entity's id.</summary>
    public string Id => id;

    /// <summary>What the samples say besides.</summary>
    public IReadOnlyDictionary<string, object?> Metadata => metadata;

    /// <summary>The series and context of a meter on this resource, made at first use.</summary>
    public (Series Series, SampleContext Context) Slot(MachineMeter meter, SeriesCatalog catalog)
    {
        if (meter.Index >= _slots.Length)
        {
            Array.Resize(ref _slots, MachineMeters.All.Count);
        }

        ref var slot = ref _slots[meter.Index];
        if (slot.Series is null)
        {
            slot = (catalog.Intern(meter.Name, id, dimensions), Context(meter));
        }

        return slot;
    }

    private SampleContext Context(MachineMeter meter) => new()
    {
        Kind = meter.Kind,
        Unit = meter.Unit,
        Source = "machine",
        ResourceType = type,
        ResourceName = name,
        Metadata = metadata,
    };
}

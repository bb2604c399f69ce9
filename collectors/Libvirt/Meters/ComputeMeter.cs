using Ops.Collectors.Libvirt.Domains;
using Ops.Model;

namespace Ops.Collectors.Libvirt.Meters;

/// <summary>A meter of instances, their disks or their interfaces.</summary>
/// <param name="Name">Ceilometer's name.</param>
/// <param name="Kind">Gauge or cumulative.</param>
/// <param name="Unit">Ceilometer's unit.</param>
/// <param name="Subject">What it is measured on: <c>instance</c>, <c>disk</c> or <c>interface</c>.</param>
/// <param name="Values">Its values of an instance; of one that is shut off only what that has.</param>
internal sealed record ComputeMeter(
    string Name, MeterKind Kind, string Unit, string Subject,
    Func<InstanceReading, IReadOnlyList<DiskSpace>, IEnumerable<ComputeValue>> Values)
{
    /// <summary>Whether it needs the sizes of the disks, which take a call for each.</summary>
    public bool NeedsSpace { get; init; }
}

/// <summary>A value of a meter.</summary>
/// <param name="ResourceId">What it was measured on.</param>
/// <param name="Volume">The value.</param>
/// <param name="Metadata">The sample's metadata.</param>
internal readonly record struct ComputeValue(
    string ResourceId, double Volume, IReadOnlyDictionary<string, object?> Metadata);

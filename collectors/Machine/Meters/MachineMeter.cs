using Ops.Model;

namespace Ops.Collectors.Machine.Meters;

/// <summary>What the machine's collector measures under one name.</summary>
/// <param name="Name">The meter's name.</param>
/// <param name="Kind">Gauge or cumulative.</param>
/// <param name="Unit">The unit of its values.</param>
/// <param name="ResourceType">The entity type of what it is measured on.</param>
/// <param name="Origin">The file that it is read from.</param>
/// <param name="Description">What it says, one sentence.</param>
internal sealed record MachineMeter(
    string Name, MeterKind Kind, string Unit, string ResourceType, string Origin, string Description)
{
    /// <summary>A dense number from 0, valid in this process, that indexes arrays.</summary>
    public int Index { get; init; }
}

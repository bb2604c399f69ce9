using Ops.Model;

namespace Ops.Console.Topology;

/// <summary>What the picture is to show.</summary>
/// <param name="Topology">Entities and relations.</param>
/// <param name="Alarms">Live alarms.</param>
/// <param name="Width">The width there is, px.</param>
/// <param name="Height">The height there is, px.</param>
public sealed record TopologyQuestion(
    TopologyView Topology, IReadOnlyList<AlarmView> Alarms, double Width, double Height)
{
    /// <summary>Words that an entity must bear in name, type, id or a property; empty shows all.</summary>
    public string Filter { get; init; } = "";

    /// <summary>Whether only what is in trouble is shown, with its neighbours.</summary>
    public bool OnlyTrouble { get; init; }

    /// <summary>Whether endpoints beyond the first few are drawn one by one.</summary>
    public bool AllEndpoints { get; init; }
}

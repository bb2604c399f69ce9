namespace Ops.Console.Charts;

/// <summary>A mark on an axis.</summary>
/// <param name="Place">Where, as a fraction of the axis from the left or the top.</param>
/// <param name="Label">Its text.</param>
/// <param name="Strong">Whether it stands out: a zero, a midnight.</param>
public readonly record struct AxisMark(double Place, string Label, bool Strong);

namespace Ops.Console.Charts;

/// <summary>A mark on the time axis.</summary>
/// <param name="At">When.</param>
/// <param name="Label">The time of day, or the date at a midnight.</param>
/// <param name="NewDay">Whether it is a midnight.</param>
public readonly record struct TimeTick(DateTimeOffset At, string Label, bool NewDay);

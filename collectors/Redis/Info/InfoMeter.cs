using Ops.Model;

namespace Ops.Collectors.Redis.Info;

/// <summary>What is known of a field of INFO.</summary>
/// <param name="Name">The meter: <c>redis.SECTION.FIELD</c>.</param>
/// <param name="Kind">Gauge or cumulative.</param>
/// <param name="Unit">Its unit; empty where none is known.</param>
/// <param name="Text">What it says, for the page.</param>
internal sealed record InfoMeter(string Name, MeterKind Kind, string Unit, string Text);

/// <summary>A value of INFO.</summary>
/// <param name="Meter">What it measures.</param>
/// <param name="Volume">The value.</param>
/// <param name="Dimensions">Which database, replica, error or master it is of.</param>
internal readonly record struct InfoValue(InfoMeter Meter, double Volume, Tags Dimensions);

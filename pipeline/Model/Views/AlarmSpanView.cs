namespace Ops.Model;

/// <summary>An alarm from when it came to when it went.</summary>
/// <param name="Alarm">As it last was.</param>
/// <param name="Start">When it came.</param>
/// <param name="End">When it went; null while it is there.</param>
public sealed record AlarmSpanView(AlarmView Alarm, DateTimeOffset Start, DateTimeOffset? End);

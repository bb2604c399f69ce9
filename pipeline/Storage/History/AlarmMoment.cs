using Ops.Model;

namespace Ops.Storage.History;

/// <summary>An alarm at the moment when it came, changed or went.</summary>
/// <param name="Alarm">As it was then; its id names one coming and going.</param>
/// <param name="At">When.</param>
/// <param name="IsEnd">Whether it went.</param>
public sealed record AlarmMoment(AlarmView Alarm, DateTimeOffset At, bool IsEnd);

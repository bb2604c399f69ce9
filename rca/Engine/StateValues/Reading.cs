namespace Ops.Rca.StateValues;

/// <summary>A state or severity as it was said, with what its type's values make of it.</summary>
/// <param name="Text">As said.</param>
/// <param name="Upper">In upper case, as answers show it.</param>
/// <param name="Priority">The higher the worse; 0 where the word is not known.</param>
/// <param name="Operational">OK, TRANSIENT, SUBOPTIMAL, ERROR, DELETED (alarms: CRITICAL, SEVERE, WARNING) or
/// N/A.</param>
public sealed record Reading(string Text, string Upper, int Priority, string Operational);

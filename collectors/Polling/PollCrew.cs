namespace Ops.Collectors.Polling;

/// <summary>What the rounds of all intervals share.</summary>
/// <param name="Share">Which resources are this agent's.</param>
/// <param name="Places">One for each pollster that may run at a time.</param>
/// <param name="Troubles">Which resources fail.</param>
/// <param name="Delivery">Takes what is found.</param>
/// <param name="Tally">Counts.</param>
/// <param name="Log">Says what is wrong once.</param>
/// <param name="Beats">Remembers when each pollster last worked; null when no one wants to know.</param>
internal sealed record PollCrew(
    PollShare Share,
    SemaphoreSlim Places,
    ResourceTroubles Troubles,
    PollDelivery Delivery,
    PollingTally Tally,
    TroubleLog Log,
    HeartbeatSocket? Beats);

namespace Ops.Pipeline.Buses;

/// <summary>What became of the samples given to the bus: received = sent + dropped + queued.</summary>
/// <param name="Received">Samples given to it.</param>
/// <param name="Sent">Samples that the broker has.</param>
/// <param name="Queued">Samples on their way.</param>
/// <param name="Refused">Samples that the broker will never take.</param>
/// <param name="Stopped">Samples that were on their way when it was stopped; their senders were told.</param>
public sealed record BusSinkCounts(long Received, long Sent, long Queued, long Refused, long Stopped);

/// <summary>What became of the samples that came over the bus: received = accepted + repeated.</summary>
/// <param name="Messages">Messages read.</param>
/// <param name="Received">Samples in them.</param>
/// <param name="Accepted">Samples that the sink took.</param>
/// <param name="Repeated">Samples passed over because they came before.</param>
/// <param name="PoisonLines">Lines that could not be read, and were passed over.</param>
public sealed record BusSourceCounts(
    long Messages, long Received, long Accepted, long Repeated, long PoisonLines);

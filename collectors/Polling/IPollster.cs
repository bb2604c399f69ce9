namespace Ops.Collectors.Polling;

/// <summary>Measures one meter, or looks at one kind of entity, on the resources it is given.</summary>
/// <remarks>
/// One pollster is never called twice at a time; different ones run side by side. An exception fails this poll only and
/// is reported by the caller; <see cref="PollRound.FailPermanently"/> names resources that are never to be asked again.
/// </remarks>
public interface IPollster
{
    /// <summary>
    /// What <c>meters</c> of <c>polling.yaml</c> selects it by: the meter's name, or <c>entities.NAME</c> for one that
    /// only observes.
    /// </summary>
    string Name { get; }

    /// <summary>
    /// The discovery that finds its resources where the source names none, as <c>name</c> or <c>name://parameter</c>.
    /// </summary>
    string DefaultDiscovery { get; }

    /// <summary>Polls the resources; adds what it found to the round.</summary>
    Task PollAsync(PollRound round, IReadOnlyList<PollResource> resources, CancellationToken cancellationToken);
}

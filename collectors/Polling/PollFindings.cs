using Ops.Model;

namespace Ops.Collectors.Polling;

/// <summary>What pollsters found.</summary>
/// <param name="Samples">Samples, in the order in which they were added.</param>
/// <param name="Observations">Observations, in that order.</param>
/// <param name="Failed">Resources that are never to be asked again.</param>
public sealed record PollFindings(
    IReadOnlyList<PolledSample> Samples,
    IReadOnlyList<Observation> Observations,
    IReadOnlyList<PollResource> Failed)
{
    /// <summary>Resources that could not be polled this time; default none.</summary>
    public IReadOnlyList<ResourceFailure> Passing { get; init; } = [];
}

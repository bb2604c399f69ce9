using Ops.Collectors.Libvirt.Domains;
using Ops.Collectors.Libvirt.Meters;
using Ops.Collectors.Polling;

namespace Ops.Collectors.Libvirt;

/// <summary>Measures one meter on instances.</summary>
internal sealed class ComputePollster(LibvirtAgent agent, ComputeMeter meter) : IPollster
{
    private static readonly SpaceReading NoSpace = new([], IsRefused: false);

    /// <inheritdoc/>
    public string Name => meter.Name;

    /// <inheritdoc/>
    public string DefaultDiscovery => "local_instances";

    /// <inheritdoc/>
    public async Task PollAsync(
        PollRound round, IReadOnlyList<PollResource> resources, CancellationToken cancellationToken)
    {
        var instances = await agent.ReadAsync(round, cancellationToken).ConfigureAwait(false);
        var spaces = meter.NeedsSpace
            ? await agent.ReadSpaceAsync(round, cancellationToken).ConfigureAwait(false)
            : null;
        foreach (var resource in resources)
        {
            if (!instances.TryGetValue(resource.Key, out var instance))
            {
                continue;
            }

            var space = spaces?.GetValueOrDefault(resource.Key) ?? NoSpace;
            if (space.IsRefused)
            {
                round.FailPermanently(resource);
            }

            foreach (var value in meter.Values(instance, space.Disks))
            {
                round.Add(Sample(instance, value));
            }
        }
    }

    private PolledSample Sample(InstanceReading instance, ComputeValue value) =>
        new(meter.Name, meter.Kind, meter.Unit, value.ResourceId, value.Volume)
        {
            ProjectId = instance.Identity.ProjectId,
            UserId = instance.Identity.UserId,
            ResourceName = instance.Identity.Name,
            ResourceType = value.ResourceId == instance.Identity.Uuid ? InstanceObservations.Instance : null,
            Metadata = value.Metadata,
            MonotonicSeconds = instance.MonotonicSeconds,
        };
}

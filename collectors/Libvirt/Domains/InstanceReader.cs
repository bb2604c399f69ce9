namespace Ops.Collectors.Libvirt.Domains;

/// <summary>Makes instances of what libvirt lists; remembers their metadata.</summary>
/// <param name="host">The name of the host they run on.</param>
/// <param name="novaOnly">Whether domains that Nova did not make are left out.</param>
internal sealed class InstanceReader(string host, bool novaOnly)
{
    private Dictionary<string, InstanceMetadata> _metadata = [];

    /// <summary>The instances, by id.</summary>
    /// <param name="listing">What libvirt gave.</param>
    /// <param name="monotonicSeconds">When.</param>
    /// <param name="faults">Takes what could not be read.</param>
    public Dictionary<string, InstanceReading> Read(
        DomainListing listing, double monotonicSeconds, List<DomainFault> faults)
    {
        faults.AddRange(listing.Faults);
        var readings = new Dictionary<string, InstanceReading>(StringComparer.Ordinal);
        foreach (var domain in listing.Domains)
        {
            var description = DomainXml.Read(domain.Xml, out var fault);
            if (description is null)
            {
                faults.Add(new DomainFault(domain.Uuid, $"{domain.Name}: {fault}"));
            }
            else if (description.Nova is not null || !novaOnly)
            {
                readings[domain.Uuid] = new InstanceReading
                {
                    Metadata = Remembered(Identity(domain, description)),
                    MonotonicSeconds = monotonicSeconds,
                    Stats = domain.Stats,
                    Disks = description.Disks,
                    Vnics = description.Vnics,
                    Ports = description.Nova?.Ports ?? [],
                };
            }
        }

        _metadata = readings.ToDictionary(pair => pair.Key, pair => pair.Value.Metadata);
        return readings;
    }

    private InstanceIdentity Identity(RawDomain domain, DomainDescription description)
    {
        var nova = description.Nova;
        return new InstanceIdentity(
            domain.Uuid, domain.Name, host, (int)(domain.Stats["state.state"] ?? 0), description.Architecture,
            description.OsType, nova?.Name ?? domain.Name, nova?.ProjectId, nova?.UserId, nova?.Flavor, nova?.ImageId);
    }

    private InstanceMetadata Remembered(InstanceIdentity identity) =>
        _metadata.TryGetValue(identity.Uuid, out var known) && known.Identity == identity
            ? known : new InstanceMetadata(identity);
}

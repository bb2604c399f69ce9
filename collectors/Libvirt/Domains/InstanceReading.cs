namespace Ops.Collectors.Libvirt.Domains;

/// <summary>An instance and its figures at one time.</summary>
internal sealed record InstanceReading
{
    /// <summary>What it is, and its metadata.</summary>
    public required InstanceMetadata Metadata { get; init; }

    /// <summary>When the figures were taken, by a clock that never jumps, in seconds.</summary>
    public required double MonotonicSeconds { get; init; }

    /// <summary>Its figures by libvirt's names.</summary>
    public required DomainStats Stats { get; init; }

    /// <summary>Its disks that have a source.</summary>
    public required IReadOnlyList<string> Disks { get; init; }

    /// <summary>Its interfaces that have a device on the host.</summary>
    public required IReadOnlyList<Vnic> Vnics { get; init; }

    /// <summary>The ids of its ports in Neutron.</summary>
    public IReadOnlyList<string> Ports { get; init; } = [];

    /// <summary>What it is.</summary>
    public InstanceIdentity Identity => Metadata.Identity;

    /// <summary>Whether it runs in any way; what does not has no figures.</summary>
    public bool IsOn => Identity.State != DomainState.ShutOff;

    /// <summary>
    /// CPU time, ns: run and wait times of all vCPUs where libvirt gives them for each of the current ones, else the
    /// domain's.
    /// </summary>
    public double? CpuTimeNs
    {
        get
        {
            var (sum, counted) = (0.0, 0);
            var most = Math.Min(Stats["vcpu.maximum"] ?? 0, DomainStats.MembersMax);
            for (var i = 0; i < most; i++)
            {
                if (Stats[$"vcpu.{i}.time"] is { } time && Stats[$"vcpu.{i}.wait"] is { } wait)
                {
                    sum += time + wait;
                    counted++;
                }
            }

            return counted > 0 && counted == Stats["vcpu.current"] ? sum : Stats["cpu.time"];
        }
    }

    /// <summary>Memory in use as the guest says, KiB; null where it says nothing.</summary>
    public double? MemoryUsedKib => Stats["balloon.available"] is not { } available ? null
        : available - (Stats["balloon.usable"] ?? Stats["balloon.unused"]);
}

namespace Ops.Collectors.Libvirt;

/// <summary>How the compute agent observes the instances of this machine. Every key is optional.</summary>
public sealed record LibvirtOptions
{
    /// <summary><c>uri</c>: the hypervisor as libvirt names it; default <c>qemu:///system</c>.</summary>
    public string Uri { get; init; } = "qemu:///system";

    /// <summary>
    /// <c>host</c>: the name of this compute host as Nova knows it; default the machine's name.
    /// </summary>
    public string Host { get; init; } = Environment.MachineName;

    /// <summary>
    /// <c>domains</c>: <c>nova</c> observes the domains that Nova made, <c>all</c> every one; default <c>nova</c>.
    /// </summary>
    public bool NovaOnly { get; init; } = true;

    /// <summary>
    /// <c>timeout</c>: how long one call of libvirt may take, 100 ms to 10 min; default 10 s.
    /// </summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);
}

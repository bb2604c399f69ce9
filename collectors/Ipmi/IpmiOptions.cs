namespace Ops.Collectors.Ipmi;

/// <summary>How management controllers are asked: the section <c>ipmi</c> of the configuration.</summary>
public sealed record IpmiOptions
{
    /// <summary>The program that speaks IPMI; default <c>/usr/bin/ipmitool</c>.</summary>
    public string Program { get; init; } = "/usr/bin/ipmitool";

    /// <summary>How long one call of it may take; default 30 s, from 1 s to 5 min.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Where Intel Node Manager is behind the controller: the channel; default 6, from 0 to 15.</summary>
    public int NodeManagerChannel { get; init; } = 6;

    /// <summary>And its slave address; default 44 (0x2c), from 0 to 255.</summary>
    public int NodeManagerSlave { get; init; } = 0x2C;

    /// <summary>The nodes that discovery <c>ipmi</c> finds; default none.</summary>
    public IReadOnlyList<IpmiTarget> Targets { get; init; } = [];
}

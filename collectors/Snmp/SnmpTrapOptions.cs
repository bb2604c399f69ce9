using System.Net;
using Ops.Collectors.Snmp.Traps;

namespace Ops.Collectors.Snmp;

/// <summary>How traps are received: the section <c>snmp_traps</c> of the configuration.</summary>
public sealed record SnmpTrapOptions
{
    /// <summary>The UDP address listened on; default <c>0.0.0.0:162</c>. A port below 1024 needs the right to it.
    /// </summary>
    public IPEndPoint Listen { get; init; } = new(IPAddress.Any, 162);

    /// <summary>The communities that are taken, of versions 1 and 2c; default none.</summary>
    public IReadOnlyList<string> Communities { get; init; } = [];

    /// <summary>The users of version 3; default none.</summary>
    public IReadOnlyList<SnmpCredential> Users { get; init; } = [];

    /// <summary>The networks that may send; default all.</summary>
    public IReadOnlyList<IPNetwork> Allow { get; init; } = [];

    /// <summary>The most traps per second of one sender, with as many at once; default 100, from 1 to 100 000.
    /// </summary>
    public int RateMax { get; init; } = 100;

    /// <summary>Our engine id for informs of version 3; default one made of the machine's name.</summary>
    public byte[] EngineId { get; init; } = TrapEngine.DefaultId();

    /// <summary>Names of traps and objects by OID, besides the built-in ones.</summary>
    public IReadOnlyDictionary<string, string> Names { get; init; } = new Dictionary<string, string>();

    /// <summary>What traps do besides being events; they come before the built-in ones.</summary>
    public IReadOnlyList<SnmpTrapRule> Rules { get; init; } = [];
}

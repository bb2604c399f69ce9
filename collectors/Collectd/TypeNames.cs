namespace Ops.Collectors.Collectd;

/// <summary>The names of the values of types that have several.</summary>
/// <remarks>
/// <code>
/// line = type 1*blank source *( "," source )        source = name ":" kind ":" least ":" greatest
/// </code>
/// Source: types.db(5) of collectd 5.12. Those of its own types that have several values are built in.
/// </remarks>
internal sealed class TypeNames
{
    /// <summary>The most types of a file.</summary>
    public const int TypesMax = 10_000;

    private static readonly Dictionary<string, string[]> BuiltIn = new(StringComparer.Ordinal)
    {
        ["compression"] = ["uncompressed", "compressed"],
        ["df"] = ["used", "free"],
        ["disk_io_time"] = ["io_time", "weighted_io_time"],
        ["disk_latency"] = ["read", "write"],
        ["disk_merged"] = ["read", "write"],
        ["disk_octets"] = ["read", "write"],
        ["disk_ops"] = ["read", "write"],
        ["disk_time"] = ["read", "write"],
        ["dns_octets"] = ["queries", "responses"],
        ["if_dropped"] = ["rx", "tx"],
        ["if_errors"] = ["rx", "tx"],
        ["if_octets"] = ["rx", "tx"],
        ["if_packets"] = ["rx", "tx"],
        ["io_octets"] = ["rx", "tx"],
        ["io_packets"] = ["rx", "tx"],
        ["load"] = ["shortterm", "midterm", "longterm"],
        ["mysql_octets"] = ["rx", "tx"],
        ["node_octets"] = ["rx", "tx"],
        ["ps_count"] = ["processes", "threads"],
        ["ps_cputime"] = ["user", "syst"],
        ["ps_disk_octets"] = ["read", "write"],
        ["ps_disk_ops"] = ["read", "write"],
        ["ps_pagefaults"] = ["minflt", "majflt"],
        ["serial_octets"] = ["rx", "tx"],
        ["vmpaging"] = ["out", "in"],
        ["vmpage_faults"] = ["minflt", "majflt"],
        ["vmpage_io"] = ["in", "out"],
    };

    private readonly Dictionary<string, string[]> _byType = new(BuiltIn, StringComparer.Ordinal);

    /// <summary>The names of a type's values; null where it has one, or is not known.</summary>
    public string[]? this[string type] => _byType.GetValueOrDefault(type);

    /// <summary>Adds the types of a file; what cannot be read is passed over.</summary>
    public void Add(IEnumerable<string> lines)
    {
        foreach (var line in lines.Take(TypesMax))
        {
            var words = line.Split((char[])[' ', '\t', ','], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length < 2 || words[0].StartsWith('#'))
            {
                continue;
            }

            string[] names = [.. words.Skip(1).Select(source => source.Split(':')[0])];
            if (names.Length > 1 || names[0] != "value")
            {
                _byType[words[0]] = names;
            }
        }
    }
}

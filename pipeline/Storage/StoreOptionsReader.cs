using Ops.Model;

namespace Ops.Storage;

/// <summary>Reads the <c>store</c> section of <c>ops.yaml</c>.</summary>
public static class StoreOptionsReader
{
    private const string What = "store";

    /// <summary>The options; what is absent or wrong has its default.</summary>
    /// <param name="section">The mapping under <c>store</c>, or null when there is none.</param>
    /// <param name="faults">Takes unknown keys and values out of range.</param>
    public static StoreOptions Read(ConfigNode? section, ConfigFaults faults)
    {
        var defaults = new StoreOptions();
        if (section is null || section.IsNull
            || !faults.Keys(section, What, "flush_every", "queued_max", "memory_mb", "query_timeout", "retention"))
        {
            return defaults;
        }

        return new StoreOptions
        {
            FlushEvery = Within(
                section, "flush_every", What, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1), faults)
                ?? defaults.FlushEvery,
            QueuedRowsMax = faults.Integer(section, "queued_max", What, 65_536, 100_000_000) ?? defaults.QueuedRowsMax,
            MemoryMb = faults.Integer(section, "memory_mb", What, 64, 1_048_576) ?? defaults.MemoryMb,
            QueryTimeout = Within(
                section, "query_timeout", What, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), faults)
                ?? defaults.QueryTimeout,
            Retention = Retention(section["retention"], faults),
        };
    }

    private static RetentionOptions Retention(ConfigNode? node, ConfigFaults faults)
    {
        const string what = "store.retention";
        var defaults = new RetentionOptions();
        if (node is null || node.IsNull || !faults.Keys(node, what, "raw", "events", "every"))
        {
            return defaults;
        }

        var longest = TimeSpan.FromDays(10_000);
        return new RetentionOptions
        {
            Raw = Within(node, "raw", what, TimeSpan.FromHours(1), longest, faults) ?? defaults.Raw,
            Events = Within(node, "events", what, TimeSpan.FromHours(1), longest, faults) ?? defaults.Events,
            Every = Within(node, "every", what, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1), faults)
                ?? defaults.Every,
        };
    }

    private static TimeSpan? Within(
        ConfigNode mapping, string key, string what, TimeSpan min, TimeSpan max, ConfigFaults faults)
    {
        var duration = faults.Duration(mapping, key, what);
        if (duration is null || (duration >= min && duration <= max))
        {
            return duration;
        }

        faults.Add(mapping[key]!, $"'{key}' of {what} must be from {min} to {max}, found {mapping[key]!.Describe()}");
        return null;
    }
}

using System.Text;
using Ops.Model;

namespace Ops.Collectors.InfluxLine;

/// <summary>Gives the series of the points of one database. Safe for concurrent use.</summary>
internal sealed class SeriesCache(SeriesCatalog catalog, string? database, LineProtocolLimits limits)
{
    private readonly KeyMap _keys = new(limits.KeysMax);

    /// <summary>Measurement and tag combinations that are remembered.</summary>
    public int Keys => _keys.Count;

    /// <summary>The entry of a key met before, or null.</summary>
    public KeyEntry? Find(ReadOnlySpan<byte> key) => _keys.Find(key);

    /// <summary>Reads a key that was not met before.</summary>
    /// <returns>Why it is refused; null when there is an entry.</returns>
    public string? Read(ReadOnlySpan<byte> key, out KeyEntry? entry)
    {
        entry = null;
        if (key.Length > limits.KeyBytesMax)
        {
            return $"max key length exceeded: {key.Length} > {limits.KeyBytesMax}";
        }

        var fault = KeyText.Read(key, limits, out var measurement, out var tags);
        entry = fault is null ? new KeyEntry(key.ToArray(), measurement, tags) : null;
        return fault;
    }

    /// <summary>Remembers an entry whose line proved good; one that is remembered already is passed over.</summary>
    public void Keep(KeyEntry entry)
    {
        if (!entry.IsKept)
        {
            entry.IsKept = true;
            _keys.Add(entry);
        }
    }

    /// <summary>Finds the series of a field that the entry does not know yet, and lets the entry know it.</summary>
    /// <returns>The series, or why it is refused.</returns>
    public (Series? Series, string? Fault) Meet(KeyEntry entry, ReadOnlySpan<byte> fieldName)
    {
        var field = KeyText.Unescape(fieldName);
        var meter = field == "value" ? entry.Measurement : $"{entry.Measurement}.{field}";
        var meterBytes = Encoding.UTF8.GetByteCount(meter);
        if (meterBytes > limits.MeterNameBytesMax)
        {
            return (null,
                $"meter name of {meterBytes} bytes is too long; at most {limits.MeterNameBytesMax} are allowed");
        }

        var series = catalog.Find(meter, entry.ResourceId, entry.Tags, entry.Measurement, field, database);
        if (series is null && catalog.Count >= limits.SeriesMax)
        {
            return (null,
                $"max series exceeded: {limits.SeriesMax} series are known and '{entry.Measurement}' would be new");
        }

        series ??= catalog.Intern(meter, entry.ResourceId, entry.Tags, entry.Measurement, field, database);
        entry.Add(new FieldEntry(fieldName.ToArray(), series));
        return (series, null);
    }
}

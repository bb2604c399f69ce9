using System.Collections.Concurrent;
using System.Globalization;
using Ops.Model;

namespace Ops.Collectors.Collectd;

/// <summary>Turns readings into samples. Safe for concurrent use.</summary>
/// <remarks>
/// The meter is <c>collectd.PLUGIN.TYPE</c> (<c>collectd.PLUGIN</c> where both are equal), and <c>.NAME</c> of the
/// value where the type has several. The resource is the host; the instances of plugin and type are dimensions.
/// Counter and derive are cumulative, absolute is delta.
/// </remarks>
internal sealed class ReadingSeries(SeriesCatalog catalog, TypeNames types)
{
    /// <summary>Identities that are remembered; past it all are forgotten.</summary>
    public const int IdentitiesMax = 200_000;

    /// <summary>Series in the whole catalogue, past which readings of new ones are dropped.</summary>
    public const int SeriesMax = 1_000_000;

    private readonly ConcurrentDictionary<ValueIdentity, (Series Series, SampleContext Context)[]> _known = new();

    /// <summary>Adds the samples of a reading.</summary>
    /// <returns>How many values were left out: no finite numbers, or no room for their series.</returns>
    public int Add(ValueList reading, long nowNs, SampleBatch batch)
    {
        if (!_known.TryGetValue(reading.Identity, out var parts) || !Fits(parts, reading))
        {
            if (catalog.Count >= SeriesMax)
            {
                return reading.Values.Count;
            }

            if (_known.Count >= IdentitiesMax)
            {
                _known.Clear();
            }

            parts = Meet(reading);
            _known[reading.Identity] = parts;
        }

        var left = 0;
        for (var i = 0; i < parts.Length; i++)
        {
            var value = reading.Values[i].Value;
            if (double.IsFinite(value))
            {
                var at = reading.TimeNs == 0 ? nowNs : reading.TimeNs;
                batch.Add(new Sample(parts[i].Series, parts[i].Context, at, value));
            }
            else
            {
                left++;
            }
        }

        return left;
    }

    private static bool Fits((Series Series, SampleContext Context)[] parts, ValueList reading)
    {
        if (parts.Length != reading.Values.Count)
        {
            return false;
        }

        for (var i = 0; i < parts.Length; i++)
        {
            if (parts[i].Context.Kind != KindOf(reading.Values[i].Kind))
            {
                return false;
            }
        }

        return true;
    }

    private (Series Series, SampleContext Context)[] Meet(ValueList reading)
    {
        var identity = reading.Identity;
        var plugin = identity.Plugin.Length == 0 ? identity.Type : identity.Plugin;
        var measurement = plugin == identity.Type ? $"collectd.{plugin}" : $"collectd.{plugin}.{identity.Type}";
        var dimensions = Tags.From(new Dictionary<string, string>
        {
            ["plugin_instance"] = identity.PluginInstance,
            ["type_instance"] = identity.TypeInstance,
        }.Where(pair => pair.Value.Length > 0));
        var metadata = dimensions.ToDictionary(pair => pair.Key, pair => (object?)pair.Value);
        metadata["host"] = identity.Host;
        var names = reading.Names ?? types[identity.Type];
        var host = identity.Host.Length == 0 ? "collectd" : identity.Host;
        return [.. reading.Values.Select((value, i) =>
        {
            var name = names is not null && i < names.Count ? names[i]
                : reading.Values.Count == 1 ? "value" : i.ToString(CultureInfo.InvariantCulture);
            var meter = name == "value" ? measurement : $"{measurement}.{name}";
            return (
                catalog.Intern(meter, host, dimensions, measurement, name, null),
                new SampleContext { Kind = KindOf(value.Kind), Source = "collectd", Metadata = metadata });
        })];
    }

    private static MeterKind KindOf(ValueKind kind) => kind switch
    {
        ValueKind.Gauge => MeterKind.Gauge,
        ValueKind.Absolute => MeterKind.Delta,
        _ => MeterKind.Cumulative,
    };
}

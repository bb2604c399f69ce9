using System.Text;
using Ops.Model;

namespace Ops.Collectors.StatsD;

/// <summary>Name, resource and tags of a metric, from which the series of its parts are made.</summary>
/// <remarks>
/// The resource is the tag <c>resource_id</c>, else <c>host</c>, else the one of the options. A tag without a value has
/// the value <c>true</c>.
/// </remarks>
internal sealed class MetricName
{
    /// <summary>The most tags of a metric; what is more is left out.</summary>
    public const int TagsMax = 64;

    private readonly SeriesCatalog _catalog;
    private readonly string _name;
    private readonly string _resource;
    private readonly Tags _tags;

    public MetricName(SeriesCatalog catalog, StatsdOptions options, ReadOnlySpan<byte> name, ReadOnlySpan<byte> tags)
    {
        _catalog = catalog;
        _name = options.Prefix + Encoding.UTF8.GetString(name);
        _tags = Read(tags);
        _resource = _tags["resource_id"] ?? _tags["host"] ?? options.Resource;
    }

    /// <summary>The series of a part: of the metric itself where the part has no name.</summary>
    public MetricPart Part(string part, MeterKind kind, string unit)
    {
        var meter = part.Length == 0 ? _name : $"{_name}.{part}";
        var field = part.Length == 0 ? "value" : part;
        return new MetricPart(
            _catalog.Intern(meter, _resource, _tags, _name, field, null),
            new SampleContext
            {
                Kind = kind,
                Unit = unit,
                Source = "statsd",
                ProjectId = _tags["project_id"],
                UserId = _tags["user_id"],
                Metadata = _tags.Count == 0
                    ? SampleContext.NoMetadata
                    : _tags.ToDictionary(pair => pair.Key, pair => (object?)pair.Value),
            });
    }

    private static Tags Read(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return Tags.Empty;
        }

        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var tag in Encoding.UTF8.GetString(text).Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = tag.IndexOf(':', StringComparison.Ordinal);
            if (pairs.Count < TagsMax && colon != 0)
            {
                var value = colon < 0 ? "true" : tag[(colon + 1)..];
                pairs[colon < 0 ? tag : tag[..colon]] = value;
            }
        }

        return Tags.From(pairs);
    }
}

/// <summary>A series of a metric with what its samples share.</summary>
internal sealed record MetricPart(Series Series, SampleContext Context)
{
    /// <summary>Adds a sample, unless the value is no finite number.</summary>
    public void Add(SampleBatch batch, long nowNs, double value)
    {
        if (double.IsFinite(value))
        {
            batch.Add(new Sample(Series, Context, nowNs, value));
        }
    }
}

using Ops.Model;

namespace Ops.Collectors.InfluxLine;

/// <summary>A field of a key, as written, with its series.</summary>
internal sealed record FieldEntry(byte[] Name, Series Series);

/// <summary>What is known of one measurement with its tags, as written.</summary>
internal sealed class KeyEntry(byte[] key, string measurement, Tags tags)
{
    private volatile FieldEntry[] _fields = [];

    /// <summary>The bytes that it was met as.</summary>
    public byte[] Key => key;

    /// <summary>Whether it is in the cache, or was.</summary>
    public bool IsKept { get; set; }

    /// <summary>The measurement.</summary>
    public string Measurement => measurement;

    /// <summary>All tags.</summary>
    public Tags Tags => tags;

    /// <summary>The resource: the tag <c>resource_id</c>, else <c>host</c>, else the measurement.</summary>
    public string ResourceId { get; } = tags["resource_id"] ?? tags["host"] ?? measurement;

    /// <summary>What all its samples share.</summary>
    public SampleContext Context { get; } = new()
    {
        Source = "influx",
        ProjectId = tags["project_id"],
        UserId = tags["user_id"],
        ResourceName = tags["resource_name"],
        Metadata = tags.Count == 0
            ? SampleContext.NoMetadata
            : tags.ToDictionary(pair => pair.Key, pair => (object?)pair.Value),
    };

    /// <summary>The fields met so far, in the order of first sight.</summary>
    public FieldEntry[] Fields => _fields;

    /// <summary>Remembers one more field, as long as there is room.</summary>
    public void Add(FieldEntry field)
    {
        lock (key)
        {
            if (_fields.Length < LineProtocolLimits.FieldsMaxMost)
            {
                _fields = [.. _fields, field];
            }
        }
    }
}

using System.Text.Json;

namespace Ops.Collectors.Notifications.Meters;

/// <summary>A sample as a notification tells it, not yet checked.</summary>
internal sealed class NotifiedSample
{
    /// <summary>Its fields; null where the notification has none.</summary>
    public JsonElement?[] Fields { get; } = new JsonElement?[SampleFields.All.Count];

    /// <summary>Ceilometer's resource_metadata.</summary>
    public IReadOnlyDictionary<string, object?> Metadata { get; set; } = Ops.Model.SampleContext.NoMetadata;

    /// <summary>Who measured; null for <c>openstack</c>.</summary>
    public string? Source { get; set; }

    /// <summary>A clock that never jumps, in seconds, or NaN.</summary>
    public double MonotonicSeconds { get; set; } = double.NaN;

    public JsonElement? this[SampleField field]
    {
        get => Fields[(int)field];
        set => Fields[(int)field] = value;
    }
}

using System.Text.Json;
using Ops.Collectors.Notifications.Paths;

namespace Ops.Collectors.Notifications.Meters;

/// <summary>
/// The sensors of bare metal nodes that Ironic reports: <c>hardware.ipmi.temperature</c>, <c>current</c>, <c>fan</c>,
/// <c>voltage</c>.
/// </summary>
/// <remarks>
/// A reading such as <c>26 (+/- 0.500) degrees C</c> holds value and unit, which no path can tell apart. The resource
/// is the node's id and the sensor's. Source: Ceilometer 19, ironic notifications.
/// </remarks>
internal static class IronicSensors
{
    public const string EventTypePrefix = "hardware.ipmi.";

    /// <summary>The groups of sensors, and so the meters.</summary>
    public static readonly IReadOnlyList<string> Groups = ["Temperature", "Current", "Fan", "Voltage"];

    private static readonly JsonElement Gauge = Text("gauge");

    public static IEnumerable<NotifiedSample> Read(Notification notification, NotificationTally tally)
    {
        var outer = notification.Payload;
        if (outer.ValueKind != JsonValueKind.Object || !outer.TryGetProperty("payload", out var groups)
            || groups.ValueKind != JsonValueKind.Object || TextOf(outer, "node_uuid") is not { } node)
        {
            yield break;
        }

        foreach (var group in Groups)
        {
            if (!groups.TryGetProperty(group, out var sensors) || sensors.ValueKind != JsonValueKind.Object)
            {
                continue;
            }

            foreach (var sensor in sensors.EnumerateObject())
            {
                var reading = TextOf(sensor.Value, "Sensor Reading");
                if (reading == "Disabled")
                {
                    continue;
                }

                if (Sample(notification, outer, group, node, sensor.Value, reading) is { } sample)
                {
                    yield return sample;
                }
                else
                {
                    tally.Drop("sensor readings without a number");
                }
            }
        }
    }

    private static NotifiedSample? Sample(
        Notification notification, JsonElement outer, string group, string node, JsonElement sensor, string? reading)
    {
        var blank = reading?.IndexOf(' ') ?? -1;
        if (blank <= 0 || TextOf(sensor, "Sensor ID") is not { } id)
        {
            return null;
        }

        var metadata = JsonMetadata.Mapping(sensor);
        metadata["node"] = node;
        metadata["event_type"] = TextOf(outer, "event_type") ?? notification.EventType;
        metadata["host"] = notification.PublisherId;
        return new NotifiedSample
        {
            [SampleField.Name] = Text(EventTypePrefix + group.ToLowerInvariant()),
            [SampleField.Type] = Gauge,
            [SampleField.Volume] = Text(reading![..blank]),
            [SampleField.Unit] = Text(Unit(reading)),
            [SampleField.Timestamp] = Field(outer, "timestamp"),
            [SampleField.UserId] = Field(outer, "user_id"),
            [SampleField.ProjectId] = Field(outer, "project_id"),
            [SampleField.ResourceId] = Text($"{node}-{id.ToLowerInvariant().Replace(' ', '_')}"),
            Metadata = metadata,
        };
    }

    private static string Unit(string reading) => reading[(reading.LastIndexOf(' ') + 1)..] switch
    {
        "Watts" => "W",
        "Volts" => "V",
        var unit => unit,
    };

    private static JsonElement? Field(JsonElement mapping, string name) =>
        mapping.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static string? TextOf(JsonElement mapping, string name) =>
        mapping.ValueKind == JsonValueKind.Object && mapping.TryGetProperty(name, out var value)
            && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static JsonElement Text(string text) => PathMatch.Made(text).Value;
}

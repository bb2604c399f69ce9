using System.Text.Json;
using Ops.Model;

namespace Ops.Collectors.Notifications.Meters;

/// <summary>
/// Samples in Ceilometer's own form (<c>counter_name</c>, ...): what its polling agents send as
/// <c>telemetry.polling</c>, and its notification agents as <c>metering</c>.
/// </summary>
internal static class MeteringMessages
{
    /// <summary>The list of samples that a notification carries, or null where it is not of this kind.</summary>
    public static JsonElement? ListOf(Notification notification)
    {
        var payload = notification.Payload;
        return notification.EventType switch
        {
            "telemetry.polling" when payload.ValueKind == JsonValueKind.Object
                && payload.TryGetProperty("samples", out var samples)
                && samples.ValueKind == JsonValueKind.Array => samples,
            "metering" when payload.ValueKind == JsonValueKind.Array => payload,
            _ => null,
        };
    }

    /// <summary>The samples of a list.</summary>
    /// <exception cref="NotificationRefusedException">A signature does not fit the secret.</exception>
    public static IEnumerable<NotifiedSample> Read(JsonElement list, string secret, NotificationTally tally)
    {
        var number = 0;
        foreach (var message in list.EnumerateArray())
        {
            number++;
            if (!MessageSignature.Verify(message, secret))
            {
                throw new NotificationRefusedException(
                    $"the signature of sample {number} of {list.GetArrayLength()} does not fit the secret");
            }
        }

        return Samples(list, tally);
    }

    private static IEnumerable<NotifiedSample> Samples(JsonElement list, NotificationTally tally)
    {
        foreach (var message in list.EnumerateArray())
        {
            if (message.ValueKind != JsonValueKind.Object)
            {
                tally.Drop("malformed");
                continue;
            }

            yield return new NotifiedSample
            {
                [SampleField.Name] = Field(message, "counter_name"),
                [SampleField.Type] = Field(message, "counter_type"),
                [SampleField.Volume] = Field(message, "counter_volume"),
                [SampleField.Unit] = Field(message, "counter_unit"),
                [SampleField.Timestamp] = Field(message, "timestamp"),
                [SampleField.UserId] = Field(message, "user_id"),
                [SampleField.ProjectId] = Field(message, "project_id"),
                [SampleField.ResourceId] = Field(message, "resource_id"),
                Metadata = Field(message, "resource_metadata") is { ValueKind: JsonValueKind.Object } metadata
                    ? JsonMetadata.Mapping(metadata)
                    : SampleContext.NoMetadata,
                Source = Field(message, "source") is { ValueKind: JsonValueKind.String } source
                    ? source.GetString()
                    : null,
                MonotonicSeconds = Field(message, "monotonic_time") is { ValueKind: JsonValueKind.Number } clock
                    && clock.TryGetDouble(out var seconds)
                    ? seconds
                    : double.NaN,
            };
        }
    }

    private static JsonElement? Field(JsonElement message, string name) =>
        message.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}

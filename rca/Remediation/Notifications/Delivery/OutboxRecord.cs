using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ops.Remediation.Notifications.Delivery;

/// <summary>A delivery that is due, or a dead letter, as the state store keeps it. Immutable.</summary>
internal sealed record OutboxRecord
{
    /// <summary>The idempotency key: the same for every attempt of one event on one route.</summary>
    public required string Id { get; init; }

    /// <summary>The place in the order of deliveries.</summary>
    public required long Sequence { get; init; }

    public required string Route { get; init; }

    public required string EventId { get; init; }

    public required string Event { get; init; }

    public required string ContentType { get; init; }

    public required byte[] Body { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>How many attempts have failed.</summary>
    public int Attempts { get; init; }

    /// <summary>Not before then.</summary>
    public DateTimeOffset NextAt { get; init; }

    /// <summary>What went wrong last; of a dead letter, why it is one.</summary>
    public string? Error { get; init; }

    public string Key => Sequence.ToString("D20", System.Globalization.CultureInfo.InvariantCulture);

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, OutboxRecordJson.Default.OutboxRecord);

    /// <summary>The record in a document, or null where it cannot be read.</summary>
    public static OutboxRecord? Read(byte[] document)
    {
        try
        {
            return JsonSerializer.Deserialize(document, OutboxRecordJson.Default.OutboxRecord);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>The record's JSON: snake_case, nulls left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, IgnoreReadOnlyProperties = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(OutboxRecord))]
internal sealed partial class OutboxRecordJson : JsonSerializerContext;

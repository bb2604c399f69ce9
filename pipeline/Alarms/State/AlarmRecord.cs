using System.Text.Json.Serialization;

namespace Ops.Alarms.State;

/// <summary>What is kept of an alarm over a restart.</summary>
internal sealed record AlarmRecord
{
    public required string Rule { get; init; }

    public required string Meter { get; init; }

    public required string ResourceId { get; init; }

    public string? ResourceType { get; init; }

    public string? ResourceName { get; init; }

    public IReadOnlyDictionary<string, string> Dimensions { get; init; } = new Dictionary<string, string>();

    public bool IsGroup { get; init; }

    public required string Severity { get; init; }

    /// <summary>As <see cref="Model.AlarmStates.Word"/> says it.</summary>
    public required string State { get; init; }

    public required long SinceNs { get; init; }

    public required string Reason { get; init; }

    public double? Value { get; init; }

    public string Unit { get; init; } = "";
}

/// <summary>The record's JSON: snake_case, nulls left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AlarmRecord))]
internal sealed partial class AlarmRecordJson : JsonSerializerContext;

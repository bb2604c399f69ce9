using System.Text.Json;
using System.Text.Json.Serialization;
using Ops.Model;
using Ops.Rca.Evaluation;
using Ops.Rca.Graph;

namespace Ops.Rca.Live;

/// <summary>A transition as the state store keeps it, with the resource that it was found to be about.</summary>
internal sealed record StoredAlarm(
    string AlarmId, string Rule, string ResourceId, string? ResourceType, string? ResourceName, string Severity, int To,
    string Reason, double? Value, long AtTicks, long SinceTicks, string OnType, string OnId, string Identity,
    string Monitor = LiveIntake.MeasuredType);

/// <summary>Reads and writes <see cref="StoredAlarm"/>.</summary>
[JsonSerializable(typeof(StoredAlarm))]
[JsonSourceGenerationOptions(NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
internal sealed partial class AlarmJson : JsonSerializerContext
{
    /// <summary>The bytes of a transition.</summary>
    public static byte[] Write(AlarmTransition transition, EntityGraph graph, VertexName name)
    {
        var resource = graph.Resources.Find(name.ResourceKind, name.ResourceId!);
        var since = graph.Alarms.TryGetValue((name.Kind, name.Id, resource), out var vertex)
            ? graph.Vertices[vertex].SinceTicks
            : transition.At.UtcTicks;
        return JsonSerializer.SerializeToUtf8Bytes(
            new StoredAlarm(
                transition.AlarmId, transition.Rule, transition.ResourceId, transition.ResourceType,
                transition.ResourceName, transition.Severity, (int)transition.To, transition.Reason, transition.Value,
                transition.At.UtcTicks, since, graph.Kinds[name.ResourceKind].Type, name.ResourceId!,
                name.Id, transition.Monitor),
            Default.StoredAlarm);
    }

    /// <summary>The transition of bytes; null where they are not one.</summary>
    public static StoredAlarm? Read(byte[] bytes)
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, Default.StoredAlarm);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

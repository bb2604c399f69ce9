using System.Text.Json;
using System.Text.RegularExpressions;
using Ops.Collectors.Notifications.Definitions;
using Ops.Collectors.Notifications.Paths;

namespace Ops.Collectors.Notifications.Meters;

/// <summary>Which notifications make samples of a meter, and how. Immutable.</summary>
/// <remarks>
/// With <c>lookup</c> a notification carries several meters: every field named there must give as many values as
/// <c>name</c> does, every other one as many or one. Source: Ceilometer 19, whose fall-back for the owner finds nothing
/// since its path is not in parentheses; here it does.
/// </remarks>
internal sealed class MeterDefinition(string key, IReadOnlyList<Regex> eventTypes)
{
    private static readonly FieldDefinition FallbackUser = FieldDefinition.Of("ctxt.user_id", "ctxt.user");
    private static readonly FieldDefinition FallbackProject = FieldDefinition.Of("ctxt.project_id", "ctxt.tenant_id");

    /// <summary>The name as it is written in the file, which tells definitions apart.</summary>
    public string Key => key;

    /// <summary>The words of name, type and unit, which hold where they are no path or find nothing.</summary>
    public IReadOnlyDictionary<SampleField, JsonElement> Words { get; init; } =
        new Dictionary<SampleField, JsonElement>();

    /// <summary>Where fields come from.</summary>
    public IReadOnlyDictionary<SampleField, FieldDefinition> Fields { get; init; } =
        new Dictionary<SampleField, FieldDefinition>();

    /// <summary>Metadata by name; where none is found the whole payload is metadata.</summary>
    public IReadOnlyList<(string Name, FieldDefinition Field)> Metadata { get; init; } = [];

    /// <summary>The owner's own metadata, or null.</summary>
    public FieldDefinition? UserMetadata { get; init; }

    /// <summary>The fields that have many values; null for a notification of one meter.</summary>
    public IReadOnlySet<SampleField>? Lookup { get; init; }

    public bool Matches(string eventType) =>
        eventTypes.Any(pattern => PythonPattern.IsMatch(pattern, eventType));

    /// <summary>The samples of a notification.</summary>
    public IEnumerable<NotifiedSample> Read(
        Notification notification, NotificationConversion conversion, NotificationTally tally)
    {
        var values = SampleFields.All.Select(field => Values(field, notification.Body)).ToArray();
        var count = Lookup is null ? 1 : values[(int)SampleField.Name].Count;
        foreach (var field in SampleFields.All)
        {
            var found = values[(int)field].Count;
            if (count > 0 && found != count && (found != 1 || Lookup?.Contains(field) == true))
            {
                tally.Drop($"notifications with {found} values of {field.Word()} for {count} meters '{key}'");
                yield break;
            }
        }

        var metadata = count == 0 ? null : ReadMetadata(notification, conversion);
        for (var i = 0; i < count; i++)
        {
            var sample = new NotifiedSample { Metadata = metadata! };
            foreach (var field in SampleFields.All)
            {
                var found = values[(int)field];
                sample[field] = found[found.Count == count ? i : 0];
            }

            yield return sample;
        }
    }

    private IReadOnlyList<JsonElement?> Values(SampleField field, JsonElement body)
    {
        var definition = Fields.GetValueOrDefault(field);
        if (Lookup is not null && definition is not null)
        {
            var all = definition.All(body);
            if (all.Count > 0 || field == SampleField.Name || Lookup.Contains(field))
            {
                return all;
            }
        }
        else if (definition?.First(body) is { } value)
        {
            return [value];
        }

        return field switch
        {
            SampleField.UserId => [FallbackUser.First(body)],
            SampleField.ProjectId => [FallbackProject.First(body)],
            _ => [Words.TryGetValue(field, out var word) ? word : null],
        };
    }

    private Dictionary<string, object?> ReadMetadata(Notification notification, NotificationConversion conversion)
    {
        var metadata = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, field) in Metadata)
        {
            var value = field.First(notification.Body);
            if (!JsonMetadata.IsFalsy(value))
            {
                metadata[name] = JsonMetadata.Value(value!.Value);
            }
        }

        if (UserMetadata?.First(notification.Body) is { ValueKind: JsonValueKind.Object } user)
        {
            ReservedMetadata.Add(user, metadata, conversion);
        }

        if (metadata.Count > 0)
        {
            return metadata;
        }

        var payload = notification.Payload;
        metadata = payload.ValueKind == JsonValueKind.Object ? JsonMetadata.Mapping(payload) : metadata;
        metadata["event_type"] = notification.EventType;
        metadata["host"] = notification.PublisherId;
        return metadata;
    }
}

using System.Text.Json;

namespace Ops.Collectors.Notifications.Meters;

/// <summary>Keeps what an owner reserved of his own metadata for metering, as <c>user_metadata</c>.</summary>
internal static class ReservedMetadata
{
    public static void Add(
        JsonElement source, Dictionary<string, object?> metadata, NotificationConversion conversion)
    {
        var kept = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var prefix in conversion.ReservedMetadataNamespace)
        {
            foreach (var member in source.EnumerateObject())
            {
                if (member.Name.StartsWith(prefix, StringComparison.Ordinal))
                {
                    Keep(member.Name[prefix.Length..], member.Value);
                }
            }
        }

        foreach (var key in conversion.ReservedMetadataKeys)
        {
            if (source.TryGetProperty(key, out var value))
            {
                Keep(key, value);
            }
        }

        if (kept.Count > 0)
        {
            metadata["user_metadata"] = kept;
        }

        void Keep(string name, JsonElement value)
        {
            var key = name.Replace('.', '_');
            if (!metadata.ContainsKey(key))
            {
                var read = JsonMetadata.Value(value);
                kept[key] = read is string text && text.Length > conversion.ReservedMetadataLength
                    ? text[..conversion.ReservedMetadataLength]
                    : read;
            }
        }
    }
}

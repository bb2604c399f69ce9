using System.Text.Json;
using Ops.Collectors.Notifications.Paths;
using Ops.Model;

namespace Ops.Collectors.Notifications.Definitions;

/// <summary>Puts another value in place of each one found, by a table; one not in it becomes the default.</summary>
internal sealed class MapPlugin(
    IReadOnlyList<(JsonElement From, JsonElement To)> table, JsonElement defaultValue, bool isCaseSensitive)
    : IFieldPlugin
{
    public bool GivesOneForEach => true;

    public static MapPlugin? Read(ConfigNode parameters, string what, ConfigFaults faults)
    {
        if (!faults.Keys(parameters, what, "values", "default", "case_sensitive"))
        {
            return null;
        }

        if (parameters["values"] is not { Kind: ConfigNodeKind.Mapping, Members.Count: > 0 } values)
        {
            faults.Add(parameters["values"] ?? parameters, $"{what} needs 'values': a mapping of one or more values");
            return null;
        }

        return new MapPlugin(
            [.. values.Members.Select(member => (YamlValue.OfKey(member.Key), YamlValue.Of(member.Value)))],
            YamlValue.Of(parameters["default"]),
            faults.Bool(parameters, "case_sensitive", what) ?? true);
    }

    public IEnumerable<JsonElement?> Values(IReadOnlyList<PathMatch> found)
    {
        foreach (var match in found)
        {
            JsonElement? mapped = null;
            foreach (var (from, to) in table)
            {
                if (IsSame(match.Value, from))
                {
                    mapped = to;
                    break;
                }
            }

            yield return mapped ?? defaultValue;
        }
    }

    private bool IsSame(JsonElement value, JsonElement key)
    {
        if (value.ValueKind != JsonValueKind.String || PathValues.Number(key) is not null)
        {
            return PathValues.AreEqual(value, key);
        }

        var text = key.ValueKind == JsonValueKind.String ? key.GetString() : key.GetRawText();
        return string.Equals(
            value.GetString(), text, isCaseSensitive ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase);
    }
}

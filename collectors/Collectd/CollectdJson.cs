using System.Text.Json;

namespace Ops.Collectors.Collectd;

/// <summary>Reads what collectd's plugin write_http sends as JSON.</summary>
/// <remarks>
/// A list of <c>{"values":[1],"dstypes":["gauge"],"dsnames":["value"],"time":1.5,"host":"h","plugin":"cpu",
/// "plugin_instance":"0","type":"percent","type_instance":"idle"}</c>. A value that is null is none. Source: collectd
/// 5.12, src/utils/format_json.
/// </remarks>
internal static class CollectdJson
{
    /// <summary>The readings of a body.</summary>
    /// <returns>How many entries are no readings.</returns>
    public static int Read(JsonElement body, List<ValueList> readings)
    {
        var refused = 0;
        foreach (var item in body.ValueKind == JsonValueKind.Array ? body.EnumerateArray().ToArray() : [body])
        {
            if (One(item) is { } reading)
            {
                readings.Add(reading);
            }
            else
            {
                refused++;
            }
        }

        return refused;
    }

    private static ValueList? One(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object
            || !item.TryGetProperty("values", out var values) || values.ValueKind != JsonValueKind.Array
            || !item.TryGetProperty("dstypes", out var kinds) || kinds.ValueKind != JsonValueKind.Array
            || kinds.GetArrayLength() != values.GetArrayLength()
            || values.GetArrayLength() is 0 or > PacketReader.ValuesMax
            || Text(item, "type").Length == 0)
        {
            return null;
        }

        var read = new List<(ValueKind, double)>();
        foreach (var (value, kind) in values.EnumerateArray().Zip(kinds.EnumerateArray()))
        {
            if (KindOf(kind) is not { } known)
            {
                return null;
            }

            read.Add((known, value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number)
                ? number
                : double.NaN));
        }

        return new ValueList(
            new ValueIdentity
            {
                Host = Text(item, "host"),
                Plugin = Text(item, "plugin"),
                PluginInstance = Text(item, "plugin_instance"),
                Type = Text(item, "type"),
                TypeInstance = Text(item, "type_instance"),
            },
            TimeNs(item), read, Names(item, read.Count));
    }

    private static string[]? Names(JsonElement item, int count) =>
        item.TryGetProperty("dsnames", out var names) && names.ValueKind == JsonValueKind.Array
        && names.GetArrayLength() == count && names.EnumerateArray().All(name => name.ValueKind == JsonValueKind.String)
            ? [.. names.EnumerateArray().Select(name => name.GetString()!)]
            : null;

    private static long TimeNs(JsonElement item) =>
        item.TryGetProperty("time", out var time) && time.ValueKind == JsonValueKind.Number
        && time.TryGetDouble(out var seconds) && seconds is > 0 and < 9e9
            ? (long)Math.Round(seconds * 1000) * 1_000_000
            : 0;

    private static ValueKind? KindOf(JsonElement kind) => kind.ValueKind != JsonValueKind.String
        ? null
        : kind.GetString() switch
        {
            "counter" => ValueKind.Counter,
            "gauge" => ValueKind.Gauge,
            "derive" => ValueKind.Derive,
            "absolute" => ValueKind.Absolute,
            _ => null,
        };

    private static string Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}

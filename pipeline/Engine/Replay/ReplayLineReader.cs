using System.Globalization;
using System.Text.Json;
using Ops.Model;

namespace Ops.Pipeline.Replay;

/// <summary>Reads a replay's input lines: samples by the names of Ceilometer's Sample or by <c>counter_*</c>, flush,
/// now.</summary>
internal sealed class ReplayLineReader(SeriesCatalog catalog, ReplayClock clock, TimeTexts times)
{
    /// <summary>The longest line, in characters.</summary>
    public const int CharsMax = 8 * 1024 * 1024;

    /// <summary>Reads a line that is not blank.</summary>
    /// <exception cref="ReplayInputException">It is not JSON, or not one of the forms.</exception>
    public ReplayLine Read(string line, long number)
    {
        if (line.Length > CharsMax)
        {
            throw new ReplayInputException(number, $"has {line.Length} characters, at most {CharsMax} are allowed");
        }

        JsonDocument document;
        try
        {
            document = LenientJson.Parse(line);
        }
        catch (JsonException fault)
        {
            throw new ReplayInputException(
                number, $"is not JSON (at byte {fault.BytePositionInLine}): {Shorten(line)}");
        }

        using (document)
        {
            try
            {
                return document.RootElement.ValueKind == JsonValueKind.Object
                    ? Read(document.RootElement, number)
                    : throw new ReplayInputException(number, $"is not a JSON object: {Shorten(line)}");
            }
            catch (InvalidOperationException)
            {
                throw new ReplayInputException(
                    number, $"holds text that is not Unicode, such as half of a surrogate pair: {Shorten(line)}");
            }
        }
    }

    private ReplayLine Read(JsonElement line, long number)
    {
        if (line.TryGetProperty("flush", out var flush))
        {
            return flush.ValueKind == JsonValueKind.True
                ? new FlushLine()
                : throw new ReplayInputException(number, $"'flush' must be true, found {flush.GetRawText()}");
        }

        if (line.TryGetProperty("now", out var now))
        {
            return now.ValueKind == JsonValueKind.String && times.TryRead(now.GetString(), out var ns)
                ? new NowLine(ns)
                : throw new ReplayInputException(number, $"'now' must be an ISO time, found {now.GetRawText()}");
        }

        var name = Field(line, "name");
        return name.ValueKind == JsonValueKind.String && name.GetString() is { Length: > 0 } meter
            ? ReadSample(line, meter)
            : throw new ReplayInputException(
                number, "is neither a sample (it has no 'name' or 'counter_name'), nor 'flush', nor 'now'");
    }

    private ReplayLine ReadSample(JsonElement line, string meter)
    {
        if (!TryVolume(Field(line, "volume"), out var volume))
        {
            return new DroppedLine(
                "invalid_volume", $"its volume is not a finite number, found {Describe(Field(line, "volume"))}");
        }

        var kind = MeterKind.Gauge;
        var type = Field(line, "type");
        if (IsGiven(type) && !MeterKinds.TryParse(Text(type), out kind))
        {
            return new DroppedLine(
                "invalid_type", $"its type must be one of gauge, delta, cumulative, found {Describe(type)}");
        }

        var ns = clock.NowNs;
        var time = Field(line, "timestamp");
        if (IsGiven(time) && !times.TryRead(Text(time), out ns))
        {
            return new DroppedLine(
                "invalid_timestamp", $"its timestamp must be an ISO time from 1678 to 2261, found {Describe(time)}");
        }

        var metadata = Field(line, "resource_metadata");
        var monotonic = Field(line, "monotonic_time");
        var context = new SampleContext
        {
            Kind = kind,
            Unit = Text(Field(line, "unit")) ?? "",
            ProjectId = Text(Field(line, "project_id")),
            UserId = Text(Field(line, "user_id")),
            Source = Text(Field(line, "source")) ?? "openstack",
            Metadata = metadata.ValueKind == JsonValueKind.Object ? Map(metadata) : SampleContext.NoMetadata,
        };
        var series = catalog.Intern(meter, Text(Field(line, "resource_id")) ?? "");
        var seconds = monotonic.ValueKind == JsonValueKind.Number ? monotonic.GetDouble() : double.NaN;
        return new SampleLine(new Sample(series, context, ns, volume, seconds));
    }

    private static JsonElement Field(JsonElement line, string name) =>
        line.TryGetProperty(name, out var field) || line.TryGetProperty($"counter_{name}", out field) ? field : default;

    private static bool IsGiven(JsonElement field) =>
        field.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    private static bool TryVolume(JsonElement field, out double volume)
    {
        volume = field.ValueKind switch
        {
            JsonValueKind.Number => field.GetDouble(),
            JsonValueKind.True => 1,
            JsonValueKind.False => 0,
            JsonValueKind.String when double.TryParse(
                field.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
            _ => double.NaN,
        };
        return double.IsFinite(volume);
    }

    private static string? Text(JsonElement field) => field.ValueKind switch
    {
        JsonValueKind.String => field.GetString(),
        JsonValueKind.Undefined or JsonValueKind.Null => null,
        _ => field.GetRawText(),
    };

    private static Dictionary<string, object?> Map(JsonElement map)
    {
        var result = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var member in map.EnumerateObject())
        {
            result[member.Name] = Value(member.Value);
        }

        return result;
    }

    private static object? Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => value.TryGetInt64(out var whole) ? (object)whole : value.GetDouble(),
        JsonValueKind.Object => Map(value),
        JsonValueKind.Array => value.EnumerateArray().Select(Value).ToList(),
        _ => null,
    };

    private static string Describe(JsonElement field) =>
        field.ValueKind == JsonValueKind.Undefined ? "nothing" : Shorten(field.GetRawText());

    private static string Shorten(string text) => text.Length <= 80 ? text : text[..77] + "...";
}

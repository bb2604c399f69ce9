using System.Globalization;
using System.Text.Json;
using Ops.Model;

namespace Ops.Server.Api.Samples;

/// <summary>Reads typed members of one sample's JSON; the first fault is kept.</summary>
internal sealed class SampleMembers(JsonElement json)
{
    private static readonly string[] Kinds = ["gauge", "delta", "cumulative"];

    /// <summary>The member that is wrong and what is wrong with it, or null.</summary>
    public string? Fault { get; private set; }

    /// <summary>What a value is, for messages.</summary>
    public static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.Null or JsonValueKind.Undefined => "nothing",
        JsonValueKind.String => $"'{Short(value.GetString()!)}'",
        _ => Short(value.GetRawText()),
    };

    /// <summary>At most 60 characters of a text.</summary>
    public static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";

    /// <summary>Keeps the first fault.</summary>
    public void Report(string member, string message) => Fault ??= member.Length == 0 ? message : $"{member} {message}";

    /// <summary>A text; absent or null is null.</summary>
    public string? Text(string name, string? other, int charsMax)
    {
        if (Find(name, other, out var found) is not { } value)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            Report(found, $"must be text, found {Kind(value)}");
            return null;
        }

        var text = value.GetString()!;
        if (text.Length > charsMax)
        {
            Report(found, $"is {text.Length} characters long; at most {charsMax} are allowed: '{Short(text)}'");
        }

        return text;
    }

    /// <summary>A text that must be there and not be empty.</summary>
    public string RequiredText(string name, string? other, int charsMax)
    {
        var text = Text(name, other, charsMax);
        if (string.IsNullOrEmpty(text))
        {
            Report(name, "is missing");
        }

        return text ?? "";
    }

    /// <summary>A finite number, or a text that is one.</summary>
    public double Volume(string name, string other)
    {
        if (Find(name, other, out var found) is not { } value)
        {
            Report(name, "is missing");
            return 0;
        }

        var number = double.NaN;
        var read = value.ValueKind switch
        {
            JsonValueKind.Number => value.TryGetDouble(out number),
            JsonValueKind.String => double.TryParse(
                value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out number),
            _ => false,
        };

        if (!read || !double.IsFinite(number))
        {
            Report(found, $"must be a finite number, found {Kind(value)}");
        }

        return number;
    }

    /// <summary>gauge, delta or cumulative; default gauge.</summary>
    public MeterKind Kind(string name, string other)
    {
        var word = Text(name, other, 100);
        if (word is null || MeterKinds.TryParse(word, out _))
        {
            return MeterKinds.TryParse(word, out var kind) ? kind : MeterKind.Gauge;
        }

        Report(name, $"must be one of {string.Join(", ", Kinds)}, found "
            + $"'{Short(word)}'{NearestName.Hint(word, Kinds)}");
        return MeterKind.Gauge;
    }

    /// <summary>A time from 1970 to 2262; absent is null.</summary>
    public DateTimeOffset? Time(string name)
    {
        if (Text(name, null, 100) is not { } text)
        {
            return null;
        }

        if (!Timestamps.TryParseIso(text, out var instant))
        {
            Report(name, $"must be a time such as 2026-01-02T03:04:05Z, found '{text}'");
            return null;
        }

        if (instant < DateTimeOffset.UnixEpoch || instant.Year >= 2262)
        {
            Report(name, $"must lie between 1970 and 2261, found '{text}'");
            return null;
        }

        return instant;
    }

    /// <summary>An object of plain values, lists and objects; absent is empty.</summary>
    public IReadOnlyDictionary<string, object?> Metadata(string name, int charsMax, out string raw)
    {
        raw = "";
        if (Find(name, null, out _) is not { } value)
        {
            return SampleContext.NoMetadata;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            Report(name, $"must be an object, found {Kind(value)}");
            return SampleContext.NoMetadata;
        }

        raw = value.GetRawText();
        if (raw.Length > charsMax)
        {
            Report(name, $"is {raw.Length} characters long; at most {charsMax} are allowed");
            return SampleContext.NoMetadata;
        }

        return (IReadOnlyDictionary<string, object?>)Plain(value)!;
    }

    private JsonElement? Find(string name, string? other, out string found)
    {
        found = name;
        if (json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null)
        {
            return value;
        }

        if (other is not null && json.TryGetProperty(other, out value) && value.ValueKind != JsonValueKind.Null)
        {
            found = other;
            return value;
        }

        return null;
    }

    private static object? Plain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject()
            .GroupBy(member => member.Name)
            .ToDictionary(members => members.Key, members => Plain(members.Last().Value)),
        JsonValueKind.Array => value.EnumerateArray().Select(Plain).ToList(),
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.TryGetInt64(out var whole) ? (object)whole : value.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };
}

using System.Globalization;
using System.Text.Json;
using Ops.Collectors.Wire;

namespace Ops.Collectors.Otlp;

/// <summary>Writes OTLP's JSON as protobuf, so that one reader serves both.</summary>
/// <remarks>
/// Members that are not known are passed over. 64-bit numbers come as text or as numbers; doubles as numbers or
/// <c>"NaN"</c>, <c>"Infinity"</c>, <c>"-Infinity"</c>; trace and span ids in hexadecimal.
/// </remarks>
internal static class OtlpJson
{
    /// <summary>Deepest nesting of a request.</summary>
    public const int DepthMax = 64;

    /// <summary>The request as protobuf.</summary>
    /// <exception cref="JsonException">It is no JSON, or not of the shape that OTLP's has.</exception>
    public static byte[] ToProtobuf(ReadOnlySpan<byte> json, OtlpSignal signal)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = DepthMax });
        var writer = new WireWriter();
        Next(ref reader);
        Members(ref reader, signal == OtlpSignal.Metrics ? JsonShape.Metrics : JsonShape.Logs, writer, "the request");
        if (reader.Read())
        {
            throw new JsonException("something follows the request");
        }

        return writer.Written.ToArray();
    }

    private static void Members(ref Utf8JsonReader reader, JsonShape shape, WireWriter writer, string name)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw Wrong(name, "an object", reader.TokenType);
        }

        while (true)
        {
            Next(ref reader);
            if (reader.TokenType == JsonTokenType.EndObject)
            {
                return;
            }

            var key = TextOf(ref reader);
            Next(ref reader);
            if (shape[key] is not { } member)
            {
                reader.Skip();
            }
            else if (reader.TokenType == JsonTokenType.StartArray)
            {
                List(ref reader, member, writer, key);
            }
            else if (reader.TokenType != JsonTokenType.Null)
            {
                One(ref reader, member, writer, key);
            }
        }
    }

    private static void List(ref Utf8JsonReader reader, JsonMember member, WireWriter writer, string key)
    {
        var isPacked = member.Kind is JsonKind.PackedFixed64 or JsonKind.PackedDouble;
        if (!isPacked && member.Kind != JsonKind.Message)
        {
            throw Wrong(key, "one value", reader.TokenType);
        }

        var start = isPacked ? writer.Open(member.Number) : 0;
        for (Next(ref reader); reader.TokenType != JsonTokenType.EndArray; Next(ref reader))
        {
            if (member.Kind == JsonKind.Message)
            {
                One(ref reader, member, writer, key);
            }
            else
            {
                writer.RawFixed64(member.Kind == JsonKind.PackedDouble
                    ? BitConverter.DoubleToUInt64Bits(DoubleOf(ref reader, key))
                    : WholeOf(ref reader, key));
            }
        }

        if (isPacked)
        {
            writer.Close(start);
        }
    }

    private static void One(ref Utf8JsonReader reader, JsonMember member, WireWriter writer, string key)
    {
        switch (member.Kind)
        {
            case JsonKind.Message:
                var start = writer.Open(member.Number);
                Members(ref reader, member.Shape!, writer, key);
                writer.Close(start);
                break;
            case JsonKind.Text:
                writer.Text(member.Number, StringOf(ref reader, key));
                break;
            case JsonKind.Truth when reader.TokenType is JsonTokenType.True or JsonTokenType.False:
                writer.Varint(member.Number, reader.GetBoolean() ? 1UL : 0);
                break;
            case JsonKind.Varint:
                writer.Varint(member.Number, WholeOf(ref reader, key));
                break;
            case JsonKind.Fixed64 or JsonKind.SignedFixed64:
                writer.Fixed64(member.Number, WholeOf(ref reader, key));
                break;
            case JsonKind.Double:
                writer.Double(member.Number, DoubleOf(ref reader, key));
                break;
            case JsonKind.Hex:
                writer.Bytes(member.Number, Bytes(StringOf(ref reader, key), key, Convert.FromHexString));
                break;
            case JsonKind.Base64:
                writer.Bytes(member.Number, Bytes(StringOf(ref reader, key), key, Convert.FromBase64String));
                break;
            default:
                throw Wrong(key, "another kind of value", reader.TokenType);
        }
    }

    private static byte[] Bytes(string text, string key, Func<string, byte[]> read)
    {
        try
        {
            return read(text);
        }
        catch (FormatException fault)
        {
            throw new JsonException($"'{key}' cannot be decoded: {fault.Message}");
        }
    }

    private static ulong WholeOf(ref Utf8JsonReader reader, string key)
    {
        if (reader.TokenType == JsonTokenType.Number)
        {
            if (reader.TryGetInt64(out var whole))
            {
                return (ulong)whole;
            }

            if (reader.TryGetUInt64(out var large))
            {
                return large;
            }
        }
        else if (reader.TokenType == JsonTokenType.String)
        {
            var text = TextOf(ref reader);
            if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
            {
                return (ulong)whole;
            }

            if (ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var large))
            {
                return large;
            }
        }

        throw Wrong(key, "a whole number of 64 bits", reader.TokenType);
    }

    private static double DoubleOf(ref Utf8JsonReader reader, string key)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var number))
        {
            return number;
        }

        if (reader.TokenType == JsonTokenType.String && double.TryParse(
                TextOf(ref reader), NumberStyles.Float, CultureInfo.InvariantCulture, out number))
        {
            return number;
        }

        throw Wrong(key, "a number", reader.TokenType);
    }

    private static string StringOf(ref Utf8JsonReader reader, string key) =>
        reader.TokenType == JsonTokenType.String
            ? TextOf(ref reader)
            : throw Wrong(key, "text", reader.TokenType);

    /// <summary>Text may hold what no character is, such as half a surrogate pair.</summary>
    private static string TextOf(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new JsonException("a text is not valid UTF-8");
        }
    }

    private static void Next(ref Utf8JsonReader reader)
    {
        if (!reader.Read())
        {
            throw new JsonException("the request ends too early");
        }
    }

    private static JsonException Wrong(string key, string expected, JsonTokenType found) =>
        new($"'{key}' must be {expected}, found {found}");
}

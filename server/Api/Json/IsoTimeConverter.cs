using System.Text.Json;
using System.Text.Json.Serialization;
using Ops.Model;

namespace Ops.Server.Api.Json;

/// <summary>Times as <c>2026-01-02T03:04:05Z</c>.</summary>
internal sealed class IsoTimeConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Timestamps.TryParseIso(reader.GetString(), out var instant) ? instant : throw new JsonException("not a time");

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToIso());
}

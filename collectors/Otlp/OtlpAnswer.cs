using System.Text;
using System.Text.Json;
using Ops.Collectors.Wire;

namespace Ops.Collectors.Otlp;

/// <summary>The bodies of answers to OTLP, in protobuf or JSON.</summary>
/// <remarks>Source: opentelemetry-proto, ExportMetricsPartialSuccess; google.rpc.Status.</remarks>
public static class OtlpAnswer
{
    private static readonly JsonWriterOptions Plain = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>What was taken: empty where all was, else a partial success.</summary>
    public static byte[] Taken(OtlpResult result, OtlpSignal signal, bool isJson)
    {
        if (result.Rejected == 0)
        {
            return isJson ? "{}"u8.ToArray() : [];
        }

        var message = result.Message ?? "";
        if (isJson)
        {
            return Json(writer =>
            {
                writer.WriteStartObject("partialSuccess");
                writer.WriteString(
                    signal == OtlpSignal.Metrics ? "rejectedDataPoints" : "rejectedLogRecords",
                    result.Rejected.ToString(System.Globalization.CultureInfo.InvariantCulture));
                writer.WriteString("errorMessage", message);
                writer.WriteEndObject();
            });
        }

        var wire = new WireWriter();
        var start = wire.Open(1);
        wire.Varint(1, (ulong)result.Rejected);
        wire.Bytes(2, Encoding.UTF8.GetBytes(message));
        wire.Close(start);
        return wire.Written.ToArray();
    }

    /// <summary>Why nothing, or not all, could be read.</summary>
    /// <param name="code">A code of gRPC, such as 3 for a bad request.</param>
    /// <param name="message">The reason.</param>
    /// <param name="isJson">Whether the answer is JSON.</param>
    public static byte[] Failed(int code, string message, bool isJson)
    {
        if (isJson)
        {
            return Json(writer =>
            {
                writer.WriteNumber("code", code);
                writer.WriteString("message", message);
            });
        }

        var wire = new WireWriter();
        wire.Varint(1, (ulong)code);
        wire.Text(2, message);
        return wire.Written.ToArray();
    }

    private static byte[] Json(Action<Utf8JsonWriter> members)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Plain))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }
}

using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Ops.Server.Api.Influx;

/// <summary>Answers in the words of InfluxDB 1 and 2.</summary>
internal static class InfluxReplies
{
    /// <summary>The version that clients are told; they choose their ways by it.</summary>
    public const string Version = "1.8.10-ops";

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Names the version and build, as every answer of InfluxDB does.</summary>
    public static void Sign(HttpResponse response)
    {
        response.Headers["X-Influxdb-Version"] = Version;
        response.Headers["X-Influxdb-Build"] = "OSS";
    }

    /// <summary>An error as InfluxDB 1 gives it.</summary>
    public static Task ErrorAsync(HttpContext context, int status, string message)
    {
        context.Response.Headers["X-Influxdb-Error"] = HeaderText(message);
        return WriteAsync(context, status, writer => writer.WriteString("error", message));
    }

    /// <summary>An error as InfluxDB 2 gives it.</summary>
    public static Task ErrorV2Async(HttpContext context, int status, string message) =>
        WriteAsync(context, status, writer =>
        {
            writer.WriteString("code", status switch
            {
                400 => "invalid",
                413 => "request too large",
                415 => "invalid",
                503 => "unavailable",
                _ => "internal error",
            });
            writer.WriteString("message", message);
        });

    /// <summary>A text that may stand in a header: printable ASCII on one line, not too long.</summary>
    public static string HeaderText(string message)
    {
        var text = new StringBuilder(Math.Min(message.Length, ApiLimits.HeaderCharsMax));
        foreach (var c in message.AsSpan(0, Math.Min(message.Length, ApiLimits.HeaderCharsMax)))
        {
            text.Append(c is >= ' ' and <= '~' ? c : c is '\n' or '\r' or '\t' ? ' ' : '?');
        }

        return text.ToString().Trim();
    }

    private static async Task WriteAsync(HttpContext context, int status, Action<Utf8JsonWriter> members)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        using var buffer = new MemoryStream();
        await using (var writer = new Utf8JsonWriter(buffer, Plain))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }

        buffer.WriteByte((byte)'\n');
        context.Response.ContentLength = buffer.Length;
        await context.Response.Body.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length),
            context.RequestAborted);
    }
}

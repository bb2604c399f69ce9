using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ops.Remediation.Notifications.Routes;

namespace Ops.Remediation.Notifications.Bodies;

/// <summary>A notification as the bytes that a route's receiver gets.</summary>
internal static class NotificationBody
{
    private static readonly JsonWriterOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static byte[] Render(AlarmNotification notification, NotificationRoute route, NotifierOptions options)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            switch (route.Format)
            {
                case BodyFormat.Alertmanager:
                    AlertmanagerBody.Write(json, notification, route.Name, options);
                    break;
                case BodyFormat.CloudEvents:
                    CloudEventsBody.Write(json, notification, options);
                    break;
                default:
                    OpsBody.Write(json, notification, options);
                    break;
            }
        }

        return buffer.WrittenSpan.ToArray();
    }

    public static string ContentType(BodyFormat format) =>
        format == BodyFormat.CloudEvents ? "application/cloudevents+json" : "application/json";
}

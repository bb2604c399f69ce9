using System.Text.Json;
using Ops.Model;

namespace Ops.Remediation.Notifications.Bodies;

/// <summary>A CloudEvent 1.0 in structured JSON. Source: CloudEvents specification 1.0.2, JSON event format.</summary>
internal static class CloudEventsBody
{
    public static void Write(Utf8JsonWriter json, AlarmNotification notification, NotifierOptions options)
    {
        var resource = notification.Alarm.Resource;
        json.WriteStartObject();
        json.WriteString("specversion", "1.0");
        json.WriteString("id", notification.EventId);
        json.WriteString("source", options.ExternalUrl);
        json.WriteString("type", $"ops.{notification.Event}");
        json.WriteString("subject", $"{resource.Type}/{resource.Id}");
        json.WriteString("time", notification.At.ToIso());
        json.WriteString("datacontenttype", "application/json");
        json.WritePropertyName("data");
        OpsBody.Write(json, notification, options);
        json.WriteEndObject();
    }
}

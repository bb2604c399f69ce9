using System.Text.Json;
using Ops.Model;

namespace Ops.Remediation.Notifications.Bodies;

/// <summary>Our own body: the alarm, what caused it and what it causes.</summary>
internal static class OpsBody
{
    public static void Write(Utf8JsonWriter json, AlarmNotification notification, NotifierOptions options)
    {
        json.WriteStartObject();
        json.WriteString("id", notification.EventId);
        json.WriteString("event", notification.Event);
        json.WriteString("at", notification.At.ToIso());
        json.WritePropertyName("alarm");
        AlarmJson.Write(json, notification.Alarm);
        json.WriteString("from", notification.From.Word());
        json.WriteString("to", notification.To.Word());
        AlarmJson.WriteList(json, "causes", notification.Causes, options.ListedAlarmsMax);
        json.WriteStartObject("impact");
        AlarmJson.WriteList(json, "alarms", notification.Impact, options.ListedAlarmsMax);
        json.WriteNumber("resources", notification.AffectedResources);
        json.WriteEndObject();
        json.WriteStartObject("links");
        foreach (var (name, address) in notification.Links)
        {
            json.WriteString(name, address);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}

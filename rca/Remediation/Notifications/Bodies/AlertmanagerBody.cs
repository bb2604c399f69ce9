using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ops.Model;

namespace Ops.Remediation.Notifications.Bodies;

/// <summary>Alertmanager's webhook body, version 4, with the one alert. Source: Alertmanager, notify/webhook.</summary>
internal static class AlertmanagerBody
{
    /// <summary>What Alertmanager writes for the end of an alert that still fires.</summary>
    private const string NotEnded = "0001-01-01T00:00:00Z";

    public static void Write(
        Utf8JsonWriter json, AlarmNotification notification, string receiver, NotifierOptions options)
    {
        var alarm = notification.Alarm;
        var isFiring = notification.To == AlarmState.Alarm;
        var status = isFiring ? "firing" : "resolved";
        (string Name, string Value)[] group = [("alertname", alarm.Name)];
        (string Name, string Value)[] labels =
        [
            ("alertname", alarm.Name), ("deduced", alarm.Deduced ? "true" : "false"),
            ("resource_id", alarm.Resource.Id), ("resource_name", alarm.Resource.Name ?? alarm.Resource.Id),
            ("resource_type", alarm.Resource.Type),
            ("severity", alarm.Severity.ToLowerInvariant()),
        ];
        var annotations = Annotations(notification);

        json.WriteStartObject();
        json.WriteString("version", "4");
        json.WriteString("groupKey", $"{{}}:{{alertname=\"{alarm.Name}\"}}");
        json.WriteNumber("truncatedAlerts", 0);
        json.WriteString("status", status);
        json.WriteString("receiver", receiver);
        Write(json, "groupLabels", group);
        Write(json, "commonLabels", labels);
        Write(json, "commonAnnotations", annotations);
        json.WriteString("externalURL", options.ExternalUrl);
        json.WriteStartArray("alerts");
        json.WriteStartObject();
        json.WriteString("status", status);
        Write(json, "labels", labels);
        Write(json, "annotations", annotations);
        json.WriteString("startsAt", (isFiring ? alarm.Since : notification.At).ToIso());
        json.WriteString("endsAt", isFiring ? NotEnded : notification.At.ToIso());
        json.WriteString("generatorURL", notification.Links.GetValueOrDefault("why", options.ExternalUrl));
        json.WriteString("fingerprint", Fingerprint(alarm));
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static (string Name, string Value)[] Annotations(AlarmNotification notification)
    {
        var alarm = notification.Alarm;
        var annotations = new List<(string, string)>
        {
            ("summary", $"{alarm.Name} on {alarm.Resource.Name ?? alarm.Resource.Id}"),
            ("description", alarm.Reason),
        };
        if (notification.Causes.Count > 0)
        {
            var root = notification.Causes[0];
            annotations.Add(("root_cause", $"{root.Name} on {root.Resource.Name ?? root.Resource.Id}"));
        }

        if (notification.Links.TryGetValue("runbook", out var runbook))
        {
            annotations.Add(("runbook_url", runbook));
        }

        return [.. annotations];
    }

    private static void Write(Utf8JsonWriter json, string name, (string Name, string Value)[] pairs)
    {
        json.WriteStartObject(name);
        foreach (var (key, value) in pairs)
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }

    /// <summary>The same for an alarm that is raised and cleared again, whatever its severity.</summary>
    private static string Fingerprint(AlarmView alarm)
    {
        var identity = string.Join('\0', alarm.Type, alarm.Name, alarm.Resource.Type, alarm.Resource.Id);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)).AsSpan(0, 8));
    }
}

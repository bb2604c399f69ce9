using System.Text.Json;
using Ops.Model;

namespace Ops.Remediation.Notifications.Bodies;

/// <summary>Writes alarms as the API writes them.</summary>
internal static class AlarmJson
{
    public static void Write(Utf8JsonWriter json, AlarmView alarm)
    {
        json.WriteStartObject();
        json.WriteString("id", alarm.Id);
        json.WriteString("name", alarm.Name);
        json.WriteString("type", alarm.Type);
        json.WriteString("severity", alarm.Severity);
        json.WriteString("state", alarm.State);
        json.WriteStartObject("resource");
        json.WriteString("type", alarm.Resource.Type);
        json.WriteString("id", alarm.Resource.Id);
        json.WriteString("name", alarm.Resource.Name);
        json.WriteEndObject();
        json.WriteBoolean("deduced", alarm.Deduced);
        json.WriteString("since", alarm.Since.ToIso());
        json.WriteString("reason", alarm.Reason);
        json.WriteStartArray("because");
        foreach (var because in alarm.Because)
        {
            json.WriteStartObject();
            json.WriteString("template", because.Template);
            json.WriteNumber("scenario", because.Scenario);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("causes");
        foreach (var cause in alarm.Causes)
        {
            json.WriteStringValue(cause);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Writes the first of the alarms, at most so many.</summary>
    public static void WriteList(Utf8JsonWriter json, string name, IReadOnlyList<AlarmView> alarms, int most)
    {
        json.WriteStartArray(name);
        foreach (var alarm in alarms.Take(most))
        {
            Write(json, alarm);
        }

        json.WriteEndArray();
    }
}

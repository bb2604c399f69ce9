using System.Text.Json;

namespace Ops.Collectors.Hooks;

/// <summary>Reads what a webhook of Zabbix sends; the page of the hooks tells how to set one up.</summary>
/// <remarks>
/// <c>{"event_name","severity","value","host","trigger_id","event_time",...}</c>; <c>value</c> 1 is a problem, 0 its
/// end. Other members are labels.
/// </remarks>
internal static class ZabbixProblem
{
    /// <summary>The problem; null where it is none.</summary>
    public static ForeignAlert? Read(JsonElement body)
    {
        var labels = JsonMembers.Labels(body);
        var name = labels.GetValueOrDefault("trigger_name") ?? labels.GetValueOrDefault("event_name");
        var host = labels.GetValueOrDefault("host");
        if (name is null || host is null || labels.GetValueOrDefault("value") is not ("0" or "1"))
        {
            return null;
        }

        var isFiring = labels["value"] == "1";
        var trigger = labels.GetValueOrDefault("trigger_id") ?? name;
        var recovery = labels.GetValueOrDefault("recovery_time", "");
        return new ForeignAlert
        {
            Monitor = "zabbix",
            Name = name,
            Severity = isFiring ? labels.GetValueOrDefault("severity", "NOT CLASSIFIED").ToUpperInvariant() : "OK",
            IsFiring = isFiring,
            Identity = $"{host}\n{trigger}",
            Reason = labels.GetValueOrDefault("message") ?? labels.GetValueOrDefault("event_name") ?? name,
            At = (isFiring ? null : JsonMembers.Seconds(recovery))
                ?? (isFiring ? JsonMembers.Seconds(labels.GetValueOrDefault("event_time", "")) : null),
            Labels = labels,
            Telling = ["trigger_id"],
        };
    }
}

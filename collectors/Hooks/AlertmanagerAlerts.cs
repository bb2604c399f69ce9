using System.Text.Json;
using Ops.Model;

namespace Ops.Collectors.Hooks;

/// <summary>Reads what Alertmanager's webhook sends.</summary>
/// <remarks>Source: Alertmanager's documentation, webhook_config, version 4 of the body.</remarks>
internal static class AlertmanagerAlerts
{
    private static readonly string[] Reasons = ["summary", "description", "message"];

    /// <summary>The alerts of a body; null where it is no such body.</summary>
    public static IEnumerable<ForeignAlert?>? Read(JsonElement body) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty("alerts", out var alerts)
        && alerts.ValueKind == JsonValueKind.Array
            ? alerts.EnumerateArray().Select(One)
            : null;

    private static ForeignAlert? One(JsonElement alert)
    {
        if (alert.ValueKind != JsonValueKind.Object || alert.Text("status") is not ("firing" or "resolved")
            || !alert.TryGetProperty("labels", out var listed))
        {
            return null;
        }

        var labels = JsonMembers.Labels(listed);
        if (labels.GetValueOrDefault("alertname") is not { } name)
        {
            return null;
        }

        var isFiring = alert.Text("status") == "firing";
        var notes = JsonMembers.Labels(alert.TryGetProperty("annotations", out var given) ? given : default);
        return new ForeignAlert
        {
            Monitor = "prometheus",
            Name = name,
            Severity = isFiring ? labels.GetValueOrDefault("severity", "warning").ToUpperInvariant() : "OK",
            IsFiring = isFiring,
            Identity = string.Join('\n', labels.OrderBy(pair => pair.Key, StringComparer.Ordinal)),
            Reason = Reasons.Select(note => notes.GetValueOrDefault(note)).FirstOrDefault(text => text is not null)
                ?? $"{name} is {alert.Text("status")}",
            At = Timestamps.TryParseIso(alert.Text(isFiring ? "startsAt" : "endsAt"), out var at) && at.Year > 1970
                ? at
                : null,
            Labels = labels,
            Telling = [.. labels.Keys.Where(label => label is not ("alertname" or "severity"))],
            Runbook = notes.GetValueOrDefault("runbook_url") ?? notes.GetValueOrDefault("runbook"),
        };
    }
}

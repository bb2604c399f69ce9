using System.Security.Cryptography;
using System.Text;
using Ops.Model;

namespace Ops.Collectors.Hooks;

/// <summary>Says which resource an alert is about, and makes it a transition of that resource's alarm.</summary>
internal static class AlertMapping
{
    private const int IdChars = 32;

    /// <summary>Where no rule fits: the first of these labels that the alert has; its host part.</summary>
    private static readonly string[] Usual = ["resource_id", "instance", "host", "node", "job"];

    /// <summary>The transition; null where nothing says what the alert is about.</summary>
    public static AlarmTransition? Transition(HookConfig hook, ForeignAlert alert, DateTimeOffset now)
    {
        var (id, type, name, used) = Resource(hook, alert.Labels);
        if (id is null)
        {
            return null;
        }

        var telling = alert.Telling.Where(label => !used.Contains(label) && alert.Labels.ContainsKey(label));
        var identity = Encoding.UTF8.GetBytes($"{hook.Name}\0{alert.Monitor}\0{alert.Name}\0{alert.Identity}");
        return new AlarmTransition
        {
            AlarmId = Convert.ToHexStringLower(SHA256.HashData(identity))[..IdChars],
            Monitor = alert.Monitor,
            Rule = alert.Name,
            ResourceId = id,
            ResourceType = type,
            ResourceName = name,
            Dimensions = Tags.From(telling.Select(label => KeyValuePair.Create(label, alert.Labels[label]))),
            Severity = alert.Severity,
            From = alert.IsFiring ? AlarmState.Ok : AlarmState.Alarm,
            To = alert.IsFiring ? AlarmState.Alarm : AlarmState.Ok,
            Reason = alert.Reason,
            Value = alert.Value,
            At = alert.At is { } at && at <= now ? at : now,
            Labels = Tags.From(alert.Labels),
            Runbook = alert.Runbook,
        };
    }

    private static (string? Id, string? Type, string? Name, IReadOnlyCollection<string> Used) Resource(
        HookConfig hook, IReadOnlyDictionary<string, string> labels)
    {
        foreach (var rule in hook.Rules)
        {
            if (rule.Fits(labels) && rule.Id.Fill(labels) is { } id)
            {
                return (id, rule.Type?.Fill(labels), rule.Name?.Fill(labels), [.. rule.Id.Labels]);
            }
        }

        foreach (var label in Usual)
        {
            if (labels.GetValueOrDefault(label) is { Length: > 0 } value)
            {
                return (label == "resource_id" ? value : LabelTemplate.HostOf(value), null, null, [label]);
            }
        }

        return (null, null, null, []);
    }
}

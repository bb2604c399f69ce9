using System.Text.Json;

namespace Ops.Collectors.Hooks;

/// <summary>Reads what a notification command of Nagios sends; the page of the hooks tells how to set one up.</summary>
/// <remarks>
/// <c>{"host","service","state","state_type","output","time"}</c>; without <c>service</c> it is about the host. OK and
/// UP end a problem. A macro that Nagios did not fill in, such as <c>$SERVICEDESC$</c>, counts as absent.
/// </remarks>
internal static class NagiosState
{
    private static readonly string[] States = ["OK", "UP", "WARNING", "CRITICAL", "UNKNOWN", "DOWN", "UNREACHABLE"];

    /// <summary>The name of a host's own alarm, which its checks do not bear.</summary>
    public const string HostAlarm = "host";

    /// <summary>Whether it is a state that Nagios itself does not believe yet.</summary>
    public static bool IsSoft(JsonElement body) =>
        body.Text("state_type").Equals("SOFT", StringComparison.OrdinalIgnoreCase);

    /// <summary>The state; null where it is none.</summary>
    public static ForeignAlert? Read(JsonElement body)
    {
        var labels = JsonMembers.Labels(body);
        var unfilled = labels.Where(pair => pair.Value.StartsWith('$') && pair.Value.EndsWith('$')).ToList();
        foreach (var (label, _) in unfilled)
        {
            labels.Remove(label);
        }

        var state = labels.GetValueOrDefault("state", "").ToUpperInvariant();
        if (labels.GetValueOrDefault("host") is not { } host || !States.Contains(state))
        {
            return null;
        }

        var isFiring = state is not ("OK" or "UP");
        var service = labels.GetValueOrDefault("service");
        return new ForeignAlert
        {
            Monitor = "nagios",
            Name = service ?? HostAlarm,
            Severity = isFiring ? state : "OK",
            IsFiring = isFiring,
            Identity = $"{host}\n{service}",
            Reason = labels.GetValueOrDefault("output") ?? $"{service ?? host} is {state}",
            At = JsonMembers.Seconds(labels.GetValueOrDefault("time", "")),
            Labels = labels,
        };
    }
}

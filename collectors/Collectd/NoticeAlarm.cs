using System.Security.Cryptography;
using System.Text;
using Ops.Model;

namespace Ops.Collectors.Collectd;

/// <summary>The alarm that a notification of collectd stands for.</summary>
/// <remarks>
/// Failure and warning raise it, okay clears it. Its name is <c>PLUGIN TYPE</c>, its resource the host; the instances
/// tell alarms of one host apart.
/// </remarks>
internal static class NoticeAlarm
{
    private const ulong Failure = 1;
    private const ulong Okay = 4;

    /// <summary>The alarm's transition.</summary>
    public static AlarmTransition Of(CollectdNotice notice, DateTimeOffset now)
    {
        var who = notice.Identity;
        var isClear = notice.Severity == Okay;
        var identity = string.Join('\0', who.Host, who.Plugin, who.PluginInstance, who.Type, who.TypeInstance);
        var name = $"{who.Plugin} {who.Type}".Trim();
        return new AlarmTransition
        {
            AlarmId = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("collectd\0" + identity)))[..32],
            Monitor = "collectd",
            Rule = name.Length == 0 ? "collectd" : name,
            ResourceId = who.Host,
            Dimensions = Tags.From(new Dictionary<string, string>
            {
                ["plugin_instance"] = who.PluginInstance,
                ["type_instance"] = who.TypeInstance,
            }.Where(pair => pair.Value.Length > 0)),
            Severity = isClear ? "OK" : notice.Severity == Failure ? "FAILURE" : "WARNING",
            From = isClear ? AlarmState.Alarm : AlarmState.Ok,
            To = isClear ? AlarmState.Ok : AlarmState.Alarm,
            Reason = notice.Message,
            At = notice.TimeNs == 0 ? now : Timestamps.FromUnixNs(notice.TimeNs),
        };
    }
}

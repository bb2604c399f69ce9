using System.Globalization;

namespace Ops.Collectors.Redis.Topology;

/// <summary>What a Sentinel tells its subscribers.</summary>
/// <remarks>
/// Payload: <c>switch-master</c> has <c>master oldaddress oldport newaddress newport</c>; what concerns an instance has
/// <c>kind name address port [@ master address port] [details]</c>.
/// Source: Redis's documentation of Sentinel, "Pub/Sub messages".
/// </remarks>
internal sealed record SentinelMessage
{
    /// <summary>The most characters of a payload that are read.</summary>
    private const int PayloadCharsMax = 1024;

    /// <summary>The channel, such as <c>+switch-master</c> or <c>-sdown</c>.</summary>
    public required string Channel { get; init; }

    /// <summary>The payload as it came.</summary>
    public required string Payload { get; init; }

    /// <summary>The master that it is about; null where it says none.</summary>
    public string? Master { get; init; }

    /// <summary><c>master</c>, <c>slave</c> or <c>sentinel</c>; null where it says none.</summary>
    public string? Kind { get; init; }

    /// <summary>The instance that it is about; after a switch the new master.</summary>
    public (string Host, int Port)? Address { get; init; }

    /// <summary>The master before a switch.</summary>
    public (string Host, int Port)? OldAddress { get; init; }

    /// <summary>
    /// The event's type: <c>redis.switch-master</c>, <c>redis.sdown</c>; what has ended, as in <c>-sdown</c>, with
    /// <c>.end</c>.
    /// </summary>
    public string EventType =>
        $"redis.{Channel.TrimStart('+', '-')}{(Channel.StartsWith('-') ? ".end" : "")}";

    /// <summary>Whether it changes who is master, who replicates or who is up.</summary>
    public bool ChangesGraph => Channel.TrimStart('+', '-') is "switch-master" or "sdown" or "odown" or "slave"
        or "sentinel" or "role-change" or "convert-to-slave" or "promoted-slave" or "failover-end" or "reboot"
        or "reset-master" or "fix-slave-config" or "slave-reconf-done";

    /// <summary>Reads a message; null for one on a channel that is not a Sentinel's.</summary>
    public static SentinelMessage? Read(string channel, string payload)
    {
        if (channel.Length is 0 or > 64 || channel.AsSpan(1).ContainsAnyExcept("abcdefghijklmnopqrstuvwxyz-")
            || (channel[0] is not ('+' or '-') && !char.IsAsciiLetterLower(channel[0])))
        {
            return null;
        }

        payload = payload[..Math.Min(payload.Length, PayloadCharsMax)];
        var message = new SentinelMessage { Channel = channel, Payload = payload };
        var words = payload.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (channel == "+switch-master")
        {
            return words.Length < 5 ? message : message with
            {
                Master = words[0], Kind = "master", OldAddress = At(words, 1), Address = At(words, 3),
            };
        }

        if (words.Length < 4 || words[0] is not ("master" or "slave" or "sentinel"))
        {
            return message;
        }

        var at = Array.IndexOf(words, "@");
        return message with
        {
            Kind = words[0],
            Address = At(words, 2),
            Master = words[0] == "master" ? words[1] : at > 0 && at + 1 < words.Length ? words[at + 1] : null,
        };
    }

    private static (string Host, int Port)? At(string[] words, int index) =>
        int.TryParse(words[index + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var port)
        && port is > 0 and <= 65_535 ? (words[index], port) : null;
}

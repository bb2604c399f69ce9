using System.Net;

namespace Ops.Collectors.Snmp.Traps;

/// <summary>Lets senders pass that may send, as fast as they may. Not safe for concurrent use.</summary>
internal sealed class TrapGate(SnmpTrapOptions options, TimeProvider time)
{
    /// <summary>The most senders whose rate is known; when there are more, all begin anew.</summary>
    public const int SendersMax = 10_000;

    private readonly Dictionary<IPAddress, (double Tokens, long At)> _senders = [];

    /// <summary>Why a sender may not pass now; null when it may.</summary>
    public string? Refusal(IPAddress source)
    {
        var address = source.IsIPv4MappedToIPv6 ? source.MapToIPv4() : source;
        if (options.Allow.Count > 0 && !options.Allow.Any(network => network.Contains(address)))
        {
            return "sender not allowed";
        }

        if (_senders.Count >= SendersMax && !_senders.ContainsKey(address))
        {
            _senders.Clear();
        }

        var now = time.GetTimestamp();
        var (tokens, at) = _senders.GetValueOrDefault(address, (options.RateMax, now));
        tokens = Math.Min(options.RateMax, tokens + (time.GetElapsedTime(at, now).TotalSeconds * options.RateMax));
        var passes = tokens >= 1;
        _senders[address] = (passes ? tokens - 1 : tokens, now);
        return passes ? null : "too many per second";
    }
}

using System.Globalization;
using System.Net;
using Ops.Model;

namespace Ops.Collectors.Wire;

/// <summary>Reads where a listener listens and who may send to it.</summary>
internal static class ListenText
{
    /// <summary>
    /// Reads <c>127.0.0.1:8125</c>, <c>[::1]:8125</c>, <c>*:8125</c> or <c>:8125</c> (the last two are all addresses).
    /// </summary>
    public static bool TryParse(string text, out IPEndPoint endpoint)
    {
        endpoint = new IPEndPoint(IPAddress.Loopback, 0);
        var colon = text.LastIndexOf(':');
        if (colon < 0 || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture,
                out var port) || port > ushort.MaxValue)
        {
            return false;
        }

        var host = text[..colon];
        IPAddress? address;
        if (host is "" or "*")
        {
            address = IPAddress.Any;
        }
        else if (host == "localhost")
        {
            address = IPAddress.Loopback;
        }
        else if (!IPAddress.TryParse(host.Trim('[', ']'), out address))
        {
            return false;
        }

        endpoint = new IPEndPoint(address, port);
        return true;
    }

    /// <summary>Reads an address under a key; null where it is absent, says <c>off</c>, or is faulty.</summary>
    public static IPEndPoint? Read(ConfigNode node, string key, string what, IPEndPoint? usual, ConfigFaults faults)
    {
        if (faults.Text(node, key, what) is not { } text)
        {
            return usual;
        }

        if (text is "off" or "false" or "none" or "")
        {
            return null;
        }

        if (TryParse(text, out var endpoint))
        {
            return endpoint;
        }

        faults.Add(
            node[key]!, $"'{key}' of {what} must be ADDRESS:PORT such as 127.0.0.1:8125, or off, found '{text}'");
        return null;
    }

    /// <summary>Reads <c>allow</c>: networks that may send, such as <c>10.0.0.0/8</c>.</summary>
    /// <remarks>An address off loopback without them is a fault: these protocols know no password.</remarks>
    public static IReadOnlyList<IPNetwork> Allow(
        ConfigNode node, string what, IEnumerable<IPEndPoint?> listens, ConfigFaults faults)
    {
        var networks = new List<IPNetwork>();
        foreach (var item in faults.List(node, "allow", what))
        {
            var text = item.Text ?? "";
            var isAddress = IPAddress.TryParse(text, out var address);
            if (IPNetwork.TryParse(isAddress ? $"{text}/{address!.GetAddressBytes().Length * 8}" : text, out var one))
            {
                networks.Add(one);
            }
            else
            {
                faults.Add(item, $"an entry of 'allow' of {what} must be a network such as 10.0.0.0/8, found "
                    + item.Describe());
            }
        }

        foreach (var listen in listens.OfType<IPEndPoint>().Where(it => !IPAddress.IsLoopback(it.Address)))
        {
            if (node["allow"] is null)
            {
                faults.Add(node, $"{what} listens on {listen}, which other machines reach, and needs 'allow': the "
                    + "networks that may send, such as [10.0.0.0/8]");
                break;
            }
        }

        return networks;
    }

    /// <summary>Whether a sender is of this machine or of an allowed network.</summary>
    public static bool IsAllowed(IPAddress sender, IReadOnlyList<IPNetwork> networks)
    {
        var plain = sender.IsIPv4MappedToIPv6 ? sender.MapToIPv4() : sender;
        if (IPAddress.IsLoopback(plain))
        {
            return true;
        }

        foreach (var network in networks)
        {
            if (network.Contains(plain))
            {
                return true;
            }
        }

        return false;
    }
}

using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Ops.Server.Api.Security;

/// <summary>An address that the HTTP side listens on, such as <c>http://127.0.0.1:8080</c>.</summary>
/// <param name="Host">A name or an IP address without brackets; <c>*</c> and <c>+</c> mean every address.</param>
/// <param name="Port">1 to 65535; 0 lets the system choose.</param>
public sealed record ListenAddress(string Host, int Port)
{
    /// <summary>Where Ops listens when nothing else is said.</summary>
    public static readonly ListenAddress Usual = new("127.0.0.1", 8080);

    /// <summary>Whether only this machine can reach it.</summary>
    public bool IsLoopback => Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address));

    /// <summary>Reads addresses with commas or semicolons between; at the first fault says what is wrong.</summary>
    public static IReadOnlyList<ListenAddress> ParseAll(string text, out string? fault)
    {
        fault = null;
        var addresses = new List<ListenAddress>();
        foreach (var part in text.Split([',', ';'],
            StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (Parse(part, out fault) is not { } address)
            {
                return [];
            }

            addresses.Add(address);
        }

        if (addresses.Count == 0)
        {
            fault = $"'{text}' names no address; write it like http://127.0.0.1:8080";
        }

        return addresses;
    }

    /// <summary>Reads one address, or says what is wrong with it.</summary>
    public static ListenAddress? Parse(string text, out string? fault)
    {
        fault = $"'{text}' is not an address to listen on; write it like http://127.0.0.1:8080";
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        if (text.StartsWith("https:", StringComparison.OrdinalIgnoreCase))
        {
            fault = $"'{text}': https is not served here; put a TLS proxy in front and listen on http";
            return null;
        }

        if (scheme >= 0 && !text.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var rest = (scheme < 0 ? text : text[7..]).TrimEnd('/');
        var colon = rest.LastIndexOf(':');
        if (colon <= 0 || !int.TryParse(rest[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture,
            out var port)
            || port > 65535)
        {
            return null;
        }

        var host = rest[..colon];
        var bare = host.StartsWith('[') && host.EndsWith(']') ? host[1..^1] : host;
        if (!IsHost(bare, host.Length != bare.Length))
        {
            return null;
        }

        fault = null;
        return new ListenAddress(bare, port);
    }

    /// <summary>Renders <c>http://host:port</c>, with brackets around an IPv6 address.</summary>
    public override string ToString() => Host.Contains(':')
        ? string.Create(CultureInfo.InvariantCulture, $"http://[{Host}]:{Port}")
        : string.Create(CultureInfo.InvariantCulture, $"http://{Host}:{Port}");

    private static bool IsHost(string host, bool bracketed) => bracketed
        ? IPAddress.TryParse(host, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6
        : host is "*" or "+" || Uri.CheckHostName(host) is UriHostNameType.Dns or UriHostNameType.IPv4;
}

using System.Globalization;

namespace Ops.Pipeline.Publishers.Sockets;

/// <summary>A host with its port, as <c>host</c>, <c>host:port</c>, <c>[::1]</c> or <c>[::1]:port</c>.</summary>
/// <param name="Host">Name or address.</param>
/// <param name="Port">1 to 65535.</param>
internal readonly record struct HostAndPort(string Host, int Port)
{
    /// <exception cref="FormatException">It names no host, or what follows is no port.</exception>
    public static HostAndPort Parse(string text, int portDefault)
    {
        var close = text.StartsWith('[') ? text.IndexOf(']') : -1;
        var colon = text.IndexOf(':', close + 1);
        var host = close > 0 ? text[1..close] : colon < 0 ? text : text[..colon];
        var isWhole = close < 0 || colon == close + 1 || close == text.Length - 1;
        if (host.Length == 0 || !isWhole || host.AsSpan().ContainsAny("/@ "))
        {
            throw new FormatException($"it names no host, as in 'host:{portDefault}'");
        }

        if (colon < 0)
        {
            return new HostAndPort(host, portDefault);
        }

        var port = text[(colon + 1)..];
        return int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number is > 0 and <= ushort.MaxValue
            ? new HostAndPort(host, number)
            : throw new FormatException($"its port must be a whole number from 1 to 65535, found '{port}'");
    }
}

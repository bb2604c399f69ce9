using System.Net;

namespace Ops.Collectors.Redis.Topology;

/// <summary>Names servers so that what a Sentinel, a replica and the configuration call by address is one entity.
/// </summary>
/// <param name="machine">The machine that the program runs on; it stands for its loopback addresses.</param>
internal sealed class ServerNames(string machine)
{
    /// <summary>The id of a server: <c>address:port</c>, with the machine's name for a loopback address.</summary>
    public string Id(string host, int port) => $"{(IsHere(host) ? machine : Bracketed(host))}:{port}";

    /// <summary>Whether a server is on this machine.</summary>
    public static bool IsHere(string host) =>
        IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address);

    private static string Bracketed(string host) =>
        host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host.ToLowerInvariant();
}

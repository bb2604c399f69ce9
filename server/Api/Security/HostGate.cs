using System.Net;

namespace Ops.Server.Api.Security;

/// <summary>
/// Refuses requests that a foreign web page sends through the user's browser: a Host header that is not ours (DNS
/// rebinding), or a write whose Origin is another site.
/// </summary>
/// <remarks>
/// Allowed hosts are localhost and loopback addresses, the hosts that are listened on, and the configured ones. Off
/// loopback with no host configured any Host header passes: tokens guard the program there.
/// </remarks>
internal sealed class HostGate
{
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase) { "localhost" };
    private readonly bool _anyHost;

    public HostGate(IReadOnlyList<ListenAddress> addresses, IReadOnlyList<string> hosts)
    {
        _anyHost = hosts.Count == 0 && addresses.Any(address => !address.IsLoopback);
        _names.UnionWith(hosts);
        _names.UnionWith(addresses.Select(address => address.Host));
    }

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var host = context.Request.Host;
        if (!IsOurs(host.Host))
        {
            return Problems.WriteAsync(context, StatusCodes.Status421MisdirectedRequest,
                $"the Host header names '{host.Host}', which is not one of this server's names; "
                + "add it under 'hosts:' in ops.yaml to allow it");
        }

        var origin = context.Request.Headers.Origin.ToString();
        if (origin.Length > 0 && IsWrite(context.Request) && !IsSameSite(origin, host))
        {
            return Problems.WriteAsync(context, StatusCodes.Status403Forbidden,
                $"a page of '{origin}' may not write here");
        }

        return next(context);
    }

    private bool IsOurs(string host)
    {
        var bare = host.StartsWith('[') && host.EndsWith(']') ? host[1..^1] : host;
        return _anyHost || _names.Contains(bare) || (IPAddress.TryParse(bare, out var ip) && IPAddress.IsLoopback(ip));
    }

    /// <summary>A WebSocket is a GET, but carries the console's commands.</summary>
    private static bool IsWrite(HttpRequest request) =>
        !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)
            || HttpMethods.IsOptions(request.Method))
        || request.Headers.Upgrade.Count > 0;

    private static bool IsSameSite(string origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var from)
        && from.Authority.Equals(host.Value, StringComparison.OrdinalIgnoreCase);
}

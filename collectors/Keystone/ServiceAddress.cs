namespace Ops.Collectors.Keystone;

/// <summary>Puts an endpoint and a path together.</summary>
internal static class ServiceAddress
{
    /// <summary>The address, or null where it is none or of another server than the endpoint's.</summary>
    public static Uri? Of(string endpoint, string path)
    {
        if (!Uri.TryCreate(endpoint.TrimEnd('/'), UriKind.Absolute, out var root))
        {
            return null;
        }

        // A page's link may name the same server with the other scheme: what answers it stands behind a proxy.
        if (path.Contains("://", StringComparison.Ordinal) || path.StartsWith("//", StringComparison.Ordinal))
        {
            return Uri.TryCreate(root, path, out var whole) && whole.Host == root.Host
                && whole.Scheme is "http" or "https"
                ? new UriBuilder(whole!) { Scheme = root.Scheme, Port = root.Port }.Uri
                : null;
        }

        var begin = path.StartsWith('/') ? path : "/" + path;
        var parts = root.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (IsVersion(begin[1..].Split('/', '?')[0]))
        {
            parts = [.. parts.TakeWhile(part => !IsVersion(part))];
        }

        var prefix = string.Concat(parts.Select(part => "/" + part));
        var text = root.GetLeftPart(UriPartial.Authority) + prefix + begin;
        return Uri.TryCreate(text, UriKind.Absolute, out var url) ? url : null;
    }

    private static bool IsVersion(string part) =>
        part.Length > 1 && part[0] == 'v' && char.IsAsciiDigit(part[1]);
}

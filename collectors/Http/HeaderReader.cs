using Ops.Model;

namespace Ops.Collectors.Http;

/// <summary>Reads addresses and headers of web servers out of a configuration.</summary>
internal static class HeaderReader
{
    /// <summary>The most headers of one request.</summary>
    public const int HeadersMax = 50;

    /// <summary>The pairs of a mapping; faults for names and values that no request may hold.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Headers(
        ConfigNode node, string key, string what, ConfigFaults faults)
    {
        if (node[key] is not { IsNull: false } headers)
        {
            return [];
        }

        if (headers.Kind != ConfigNodeKind.Mapping)
        {
            faults.Add(headers, $"'{key}' of {what} must be a mapping, found {headers.Describe()}");
            return [];
        }

        if (headers.Members.Count > HeadersMax)
        {
            faults.Add(headers, $"'{key}' of {what} must hold at most {HeadersMax}, found {headers.Members.Count}");
        }

        foreach (var member in headers.Members)
        {
            if (!member.Key.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c)) || member.Key == "")
            {
                faults.Add(headers, $"'{member.Key}' in '{key}' of {what} is no name of a header");
            }

            if (member.Value.Kind != ConfigNodeKind.Scalar || (member.Value.Text ?? "").AsSpan().ContainsAny("\r\n\0"))
            {
                faults.Add(member.Value, $"'{member.Key}' in '{key}' of {what} must be text on one line");
            }
        }

        return [.. headers.Members.Select(member => KeyValuePair.Create(member.Key, member.Value.Text ?? ""))];
    }

    /// <summary>The address under <c>url</c>; null with a fault where it is none.</summary>
    public static Uri? Url(ConfigNode node, string what, ConfigFaults faults)
    {
        var text = faults.RequiredText(node, "url", what);
        if (text.Length == 0)
        {
            return null;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var url)
            || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps) || url.Host.Length == 0)
        {
            faults.Add(node["url"]!, $"'url' of {what} must begin with http:// or https:// and a host, found "
                + node["url"]!.Describe());
            return null;
        }

        if (url.UserInfo.Length > 0)
        {
            faults.Add(node["url"]!, $"'url' of {what} must not hold a user and password; give a header instead");
            return null;
        }

        return url;
    }
}

using Ops.Model;

namespace Ops.Remediation.Notifications.Routes;

/// <summary>Reads <c>policies/notifications.yaml</c> into routes and reports every fault at its place.</summary>
public static class NotificationRouteReader
{
    /// <summary>The most routes.</summary>
    public const int RoutesMax = 1000;

    private static readonly string[] Formats = ["ops", "alertmanager", "cloudevents"];

    /// <summary>Headers that the sender sets itself.</summary>
    private static readonly string[] OwnHeaders =
    [
        "content-length", "content-type", "host", "transfer-encoding", "connection", "idempotency-key",
        "x-ops-event", "x-ops-signature",
    ];

    /// <summary>
    /// Reads the file; null, an empty one, gives no routes. With faults, the result is not to be used.
    /// </summary>
    public static IReadOnlyList<NotificationRoute> Read(ConfigNode? file, ConfigFaults faults)
    {
        var routes = new List<NotificationRoute>();
        if (file is null || !faults.Keys(file, "a notifications file", "routes"))
        {
            return routes;
        }

        var nodes = faults.List(file, "routes", "a notifications file");
        if (nodes.Count > RoutesMax)
        {
            faults.Add(file["routes"]!, $"'routes' holds {nodes.Count} routes; at most {RoutesMax} are allowed");
        }

        foreach (var node in nodes)
        {
            if (ReadRoute(node, faults) is not { } route)
            {
                continue;
            }

            if (routes.Exists(other => other.Name == route.Name))
            {
                faults.Add(node["name"]!, $"route '{route.Name}' is already defined");
            }

            routes.Add(route);
        }

        return routes;
    }

    private static NotificationRoute? ReadRoute(ConfigNode node, ConfigFaults faults)
    {
        if (!faults.Keys(node, "a route", "name", "url", "match", "headers", "format", "secret"))
        {
            return null;
        }

        var name = faults.RequiredText(node, "name", "a route");
        var what = name.Length == 0 ? "a route" : $"route '{name}'";
        var route = new NotificationRoute
        {
            Name = name,
            Url = ReadUrl(node, what, faults) ?? new Uri("http://invalid/"),
            Headers = ReadHeaders(node, what, faults),
            Format = ReadFormat(node, what, faults),
            Secret = ReadSecret(node, what, faults),
        };
        return name.Length == 0 ? null : Match(route, node, what, faults);
    }

    private static Uri? ReadUrl(ConfigNode node, string what, ConfigFaults faults)
    {
        var text = faults.RequiredText(node, "url", what);
        if (text.Length == 0)
        {
            return null;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            faults.Add(node["url"]!, $"'url' of {what} must be an http or https address, found '{text}'");
            return null;
        }

        if (url.UserInfo.Length > 0)
        {
            faults.Add(node["url"]!, $"'url' of {what} must not hold a user or password; use 'headers'");
            return null;
        }

        return url;
    }

    private static BodyFormat ReadFormat(ConfigNode node, string what, ConfigFaults faults)
    {
        var word = faults.Text(node, "format", what) ?? "ops";
        var index = Array.IndexOf(Formats, word);
        if (index < 0)
        {
            faults.NotOneOf(node["format"]!, $"'format' of {what}", Formats);
        }

        return (BodyFormat)Math.Max(0, index);
    }

    private static string? ReadSecret(ConfigNode node, string what, ConfigFaults faults)
    {
        var secret = faults.Text(node, "secret", what)?.TrimEnd('\r', '\n');
        if (secret?.Length == 0)
        {
            faults.Add(node["secret"]!, $"'secret' of {what} is empty");
        }

        return secret;
    }

    private static List<KeyValuePair<string, string>> ReadHeaders(ConfigNode node, string what, ConfigFaults faults)
    {
        var headers = new List<KeyValuePair<string, string>>();
        if (node["headers"] is { IsNull: false, Kind: not ConfigNodeKind.Mapping } odd)
        {
            faults.Add(odd, $"'headers' of {what} must be a mapping, found {odd.Describe()}");
        }

        foreach (var (key, line, column, value) in node["headers"]?.Members ?? [])
        {
            var isName = key.Length > 0 && key.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c));
            if (!isName || OwnHeaders.Contains(key.ToLowerInvariant()))
            {
                var problem = isName ? "is set by Ops itself" : "is not a header name";
                faults.Add(new ConfigFault(node.File, line, column, $"'{key}' in 'headers' of {what} {problem}"));
            }
            else if (value.Text is not { } text || text.Any(char.IsControl))
            {
                faults.Add(value, $"'{key}' in 'headers' of {what} must be text on one line");
            }
            else
            {
                headers.Add(KeyValuePair.Create(key, text));
            }
        }

        return headers;
    }

    private static NotificationRoute Match(NotificationRoute route, ConfigNode node, string what, ConfigFaults faults)
    {
        var match = node["match"];
        var whatMatch = $"'match' of {what}";
        if (match is null || match.IsNull
            || !faults.Keys(match, whatMatch, "severity", "name", "resource_type", "deduced"))
        {
            return route;
        }

        return route with
        {
            Severities = Severities(match, whatMatch, faults),
            AlarmName = faults.Text(match, "name", whatMatch),
            ResourceType = faults.Text(match, "resource_type", whatMatch),
            Deduced = faults.Bool(match, "deduced", whatMatch),
        };
    }

    private static IReadOnlyList<string> Severities(ConfigNode match, string what, ConfigFaults faults)
    {
        if (match["severity"] is { Kind: ConfigNodeKind.Scalar, Text: { } only })
        {
            return [only.ToUpperInvariant()];
        }

        var words = new List<string>();
        foreach (var node in faults.List(match, "severity", what))
        {
            if (node is { Kind: ConfigNodeKind.Scalar, Text.Length: > 0 })
            {
                words.Add(node.Text.ToUpperInvariant());
            }
            else
            {
                faults.Add(node, $"'severity' of {what} must list severity words, found {node.Describe()}");
            }
        }

        return words;
    }
}

using Ops.Model;

namespace Ops.Collectors.Redis;

/// <summary>Reads which Redis servers are observed; what is faulty is left out.</summary>
public static class RedisOptionsReader
{
    private const string What = "redis";
    private const int ServersMax = 1024;
    private static readonly Dictionary<string, int> Ports = new() { ["targets"] = 6379, ["sentinels"] = 26379 };

    /// <summary>The settings of that mapping.</summary>
    public static RedisOptions Read(ConfigNode node, ConfigFaults faults)
    {
        var defaults = new RedisOptions();
        if (!faults.Keys(node, What, "interval", "timeout", "targets", "sentinels"))
        {
            return defaults;
        }

        return new RedisOptions
        {
            Interval = Between(node, "interval", ("1s", TimeSpan.FromSeconds(1)), ("1h", TimeSpan.FromHours(1)), faults)
                ?? defaults.Interval,
            Timeout = Between(
                node, "timeout", ("100ms", TimeSpan.FromMilliseconds(100)), ("1m", TimeSpan.FromMinutes(1)), faults)
                ?? defaults.Timeout,
            Targets = Servers(node, "targets", faults),
            Sentinels = Servers(node, "sentinels", faults),
        };
    }

    private static IReadOnlyList<RedisTarget> Servers(ConfigNode node, string key, ConfigFaults faults)
    {
        var servers = new List<RedisTarget>();
        foreach (var item in faults.List(node, key, What))
        {
            if (Server(item, key, faults) is not { } server)
            {
                continue;
            }

            if (servers.Any(other => (other.Host, other.Port) == (server.Host, server.Port)))
            {
                faults.Add(item, $"'{server}' occurs twice in {key} of {What}");
            }
            else if (servers.Count == ServersMax)
            {
                faults.Add(item, $"{key} of {What} may hold {ServersMax} servers");
                break;
            }
            else
            {
                servers.Add(server);
            }
        }

        return servers;
    }

    /// <summary>A URL alone, or a mapping with one.</summary>
    private static RedisTarget? Server(ConfigNode item, string key, ConfigFaults faults)
    {
        var what = $"one of {key} of {What}";
        if (item is { Kind: ConfigNodeKind.Scalar, Text.Length: > 0 })
        {
            return FromUrl(item, item.Text, key, faults);
        }

        if (!faults.Keys(item, what, "url", "name", "user", "password", "tls", "ca_file"))
        {
            return null;
        }

        var url = faults.RequiredText(item, "url", what);
        if (url.Length == 0 || FromUrl(item["url"]!, url, key, faults) is not { } server)
        {
            return null;
        }

        return server with
        {
            Name = faults.Text(item, "name", what) is { Length: > 0 } name ? name : server.Name,
            User = faults.Text(item, "user", what) ?? server.User,
            Password = faults.Text(item, "password", what) ?? server.Password,
            Tls = faults.Bool(item, "tls", what) ?? server.Tls,
            CaFile = CaFile(item, what, faults),
        };
    }

    /// <summary>The message never quotes a URL, for it may hold a password.</summary>
    private static RedisTarget? FromUrl(ConfigNode at, string text, string key, ConfigFaults faults)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("redis" or "rediss")
            || url.Host.Length == 0 || url.AbsolutePath.Trim('/').Length > 0 || url.Query.Length > 0)
        {
            faults.Add(
                at, $"a URL of {key} of {What} must read redis://[user:password@]host[:port], or rediss:// for TLS");
            return null;
        }

        var login = url.UserInfo.Split(':', 2);
        var port = url.Port > 0 ? url.Port : Ports[key];
        return new RedisTarget(url.Host.Trim('[', ']'), port)
        {
            User = login.Length == 2 && login[0].Length > 0 ? Uri.UnescapeDataString(login[0]) : null,
            Password = login.Length == 2 ? Uri.UnescapeDataString(login[1])
                : login[0].Length > 0 ? Uri.UnescapeDataString(login[0]) : null,
            Tls = url.Scheme == "rediss",
        };
    }

    private static string? CaFile(ConfigNode item, string what, ConfigFaults faults)
    {
        var path = faults.Text(item, "ca_file", what);
        if (path is null || File.Exists(path))
        {
            return path;
        }

        faults.Add(item["ca_file"]!, $"'ca_file' of {what}: there is no file '{path}'");
        return null;
    }

    private static TimeSpan? Between(
        ConfigNode node, string key, (string Word, TimeSpan Span) least, (string Word, TimeSpan Span) most,
        ConfigFaults faults)
    {
        var duration = faults.Duration(node, key, What);
        if (duration is null || (duration >= least.Span && duration <= most.Span))
        {
            return duration;
        }

        faults.Add(
            node[key]!,
            $"'{key}' of {What} must lie between {least.Word} and {most.Word}, found '{node[key]!.Text}'");
        return null;
    }
}

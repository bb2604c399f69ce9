using Ops.Model;
using Ops.Server.Api.Security;
using Ops.Storage;

namespace Ops.Server.Config;

/// <summary>Reads <c>ops.yaml</c>. Every fault is reported; what is faulty keeps its default.</summary>
public static class OpsOptionsReader
{
    private static readonly string[] Own = 
        ["listen", "hosts", "data", "machine", "store", "auth", "log", "telemetry_secret", "transport_url"];
    private static readonly string[] Levels = ["debug", "information", "warning", "error"];
    private static readonly string[] Roles = ["reader", "operator", "admin"];

    /// <summary>The settings of that folder.</summary>
    public static OpsOptions Read(ConfigFolder folder, ConfigFaults faults) =>
        Read(folder.Read(ConfigConcern.Program, faults), faults);

    /// <summary>The settings of that document; null gives the defaults.</summary>
    public static OpsOptions Read(ConfigNode? root, ConfigFaults faults)
    {
        var defaults = new OpsOptions();
        const string what = "ops.yaml";
        if (root is null
            || !faults.Keys(root, what, [.. Own, .. CollectorOptionsReader.Keys]))
        {
            return defaults;
        }

        return new OpsOptions
        {
            Listen = Listen(root, defaults, faults),
            Hosts = [.. faults.List(root, "hosts", what).Select(host => TextOf(host, "a host", faults))],
            DataFolder = faults.Text(root, "data", what) is { Length: > 0 } data ? data : defaults.DataFolder,
            Machine = Machine(Section(root, "machine"), defaults.Machine, faults),
            Store = StoreOptionsReader.Read(Section(root, "store"), faults),
            Auth = Auth(Section(root, "auth"), faults),
            Log = Log(Section(root, "log"), defaults.Log, faults),
            TelemetrySecret = faults.Text(root, "telemetry_secret", what) ?? defaults.TelemetrySecret,
            TransportUrl = faults.Text(root, "transport_url", what),
            Collectors = CollectorOptionsReader.Read(root, faults),
        };
    }

    private static ConfigNode? Section(ConfigNode root, string key) =>
        root[key] is { IsNull: false } node ? node : null;

    private static IReadOnlyList<ListenAddress> Listen(ConfigNode root, OpsOptions defaults, ConfigFaults faults)
    {
        if (faults.Text(root, "listen", "ops.yaml") is not { } text)
        {
            return defaults.Listen;
        }

        var addresses = ListenAddress.ParseAll(text, out var fault);
        if (fault is null)
        {
            return addresses;
        }

        faults.Add(root["listen"]!, $"'listen' of ops.yaml: {fault}");
        return defaults.Listen;
    }

    private static MachineSection Machine(ConfigNode? node, MachineSection defaults, ConfigFaults faults)
    {
        const string what = "machine";
        if (node is null || !faults.Keys(node, what, "enabled", "interval", "forget_after"))
        {
            return defaults;
        }

        var (second, hour, year) = (TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), TimeSpan.FromDays(366));
        return new MachineSection
        {
            Enabled = faults.Bool(node, "enabled", what) ?? defaults.Enabled,
            Interval = Between(node, "interval", what, second, hour, faults) ?? defaults.Interval,
            ForgetAfter = Between(node, "forget_after", what, second, year, faults) ?? defaults.ForgetAfter,
        };
    }

    private static AuthSection Auth(ConfigNode? node, ConfigFaults faults)
    {
        if (node is null || !faults.Keys(node, "auth", "tokens"))
        {
            return new AuthSection();
        }

        var tokens = new List<ApiToken>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in faults.List(node, "tokens", "auth"))
        {
            if (Token(item, faults) is not { } token)
            {
                continue;
            }

            if (names.Add(token.Name))
            {
                tokens.Add(token);
            }
            else
            {
                faults.Add(item["name"]!, $"token '{token.Name}' occurs twice");
            }
        }

        return new AuthSection { Tokens = tokens };
    }

    private static ApiToken? Token(ConfigNode node, ConfigFaults faults)
    {
        const string what = "a token of auth";
        if (!faults.Keys(node, what, "name", "sha256", "role"))
        {
            return null;
        }

        var name = faults.RequiredText(node, "name", what);
        var hash = faults.RequiredText(node, "sha256", what);
        if (hash.Length > 0 && !ApiToken.IsHash(hash))
        {
            faults.Add(node["sha256"]!, $"'sha256' of {what} must be 64 hexadecimal digits (sha256sum prints them)");
            return null;
        }

        var role = faults.RequiredText(node, "role", what);
        if (role.Length > 0 && !Roles.Contains(role))
        {
            faults.NotOneOf(node["role"]!, $"'role' of {what}", Roles);
            return null;
        }

        return name.Length == 0 || hash.Length == 0 || role.Length == 0
            ? null
            : new ApiToken(name, hash.ToLowerInvariant(), Enum.Parse<ApiRole>(role, ignoreCase: true));
    }

    private static LogSection Log(ConfigNode? node, LogSection defaults, ConfigFaults faults)
    {
        if (node is null || !faults.Keys(node, "log", "level") || faults.Text(node, "level", "log") is not { } level)
        {
            return defaults;
        }

        if (Levels.Contains(level))
        {
            return new LogSection { Level = Enum.Parse<LogLevel>(level, ignoreCase: true) };
        }

        faults.NotOneOf(node["level"]!, "'level' of log", Levels);
        return defaults;
    }

    private static TimeSpan? Between(
        ConfigNode node, string key, string what, TimeSpan least, TimeSpan most, ConfigFaults faults)
    {
        var duration = faults.Duration(node, key, what);
        if (duration is null || (duration >= least && duration <= most))
        {
            return duration;
        }

        faults.Add(node[key]!, $"'{key}' of {what} must lie between {Words(least)} and {Words(most)}, "
            + $"found '{node[key]!.Text}'");
        return null;
    }

    private static string Words(TimeSpan span) => span.TotalDays >= 1 ? $"{span.TotalDays:0}d"
        : span.TotalHours >= 1 ? $"{span.TotalHours:0}h" : $"{span.TotalSeconds:0}s";

    private static string TextOf(ConfigNode node, string what, ConfigFaults faults)
    {
        if (node is { Kind: ConfigNodeKind.Scalar, Text: { Length: > 0 } text })
        {
            return text;
        }

        faults.Add(node, $"{what} must be text, found {node.Describe()}");
        return "";
    }
}

using Ops.Collectors.Wire;
using Ops.Model;

namespace Ops.Collectors.Collectd;

/// <summary>Reads <see cref="CollectdOptions"/>. Every fault is reported; what is faulty keeps its default.</summary>
public static class CollectdOptionsReader
{
    // A device such as /dev/zero says 0 and has no end.
    private const int TypesBytesMax = 4 << 20;
    private const string What = "collectd";
    private static readonly string[] Securities = ["none", "sign", "encrypt"];

    /// <summary>The options of a mapping.</summary>
    public static CollectdOptions Read(ConfigNode node, ConfigFaults faults)
    {
        var defaults = new CollectdOptions();
        if (!faults.Keys(node, What, "listen", "allow", "security", "users", "types_db"))
        {
            return defaults;
        }

        var listen = ListenText.Read(node, "listen", What, defaults.Listen, faults);
        var security = Security(node, faults);
        var users = Users(node, faults);
        if (security != CollectdSecurity.None && users.Count == 0)
        {
            faults.Add(node["security"]!, $"'security' of {What} is {node["security"]!.Text} and needs 'users'");
        }

        return new CollectdOptions
        {
            Listen = listen,
            Allow = ListenText.Allow(node, What, [listen], faults),
            Security = security,
            Users = users,
            TypesDb = TypesFiles(node, faults),
        };
    }

    private static CollectdSecurity Security(ConfigNode node, ConfigFaults faults)
    {
        var word = faults.Text(node, "security", What) ?? "none";
        var at = Array.IndexOf(Securities, word);
        if (at < 0)
        {
            faults.NotOneOf(node["security"]!, $"'security' of {What}", Securities);
        }

        return (CollectdSecurity)Math.Max(0, at);
    }

    private static Dictionary<string, string> Users(ConfigNode node, ConfigFaults faults)
    {
        var users = new Dictionary<string, string>(StringComparer.Ordinal);
        if (node["users"] is not { IsNull: false } list)
        {
            return users;
        }

        if (list.Kind != ConfigNodeKind.Mapping)
        {
            faults.Add(list, $"'users' of {What} must be a mapping of users to passwords, found {list.Describe()}");
            return users;
        }

        foreach (var member in list.Members)
        {
            users[member.Key] = faults.RequiredText(list, member.Key, $"'users' of {What}");
        }

        return users;
    }

    private static IReadOnlyList<string> TypesFiles(ConfigNode node, ConfigFaults faults)
    {
        var files = new List<string>();
        foreach (var item in faults.List(node, "types_db", What))
        {
            if (item.Text is { Length: > 0 } path && File.Exists(path))
            {
                files.Add(path);
                if (new FileInfo(path).Length is 0 or > TypesBytesMax)
                {
                    faults.Add(item, $"'{path}' of 'types_db' of {What} must have 1 to {TypesBytesMax} bytes");
                }
            }
            else
            {
                faults.Add(item, $"an entry of 'types_db' of {What} must be a file that is there, found "
                    + item.Describe());
            }
        }

        return files;
    }
}

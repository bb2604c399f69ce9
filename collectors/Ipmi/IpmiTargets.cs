using Ops.Collectors.Polling;
using Ops.Model;

namespace Ops.Collectors.Ipmi;

/// <summary>Finds the target that a resource names.</summary>
internal static class IpmiTargets
{
    /// <summary>The id of this machine's own node.</summary>
    public static string ThisMachine { get; } = Environment.MachineName.ToLowerInvariant();

    /// <summary>The target; null and a fault where the options have none of that name or address.</summary>
    public static IpmiTarget? Find(PollResource resource, IpmiOptions options, out string fault)
    {
        fault = "";
        if (resource.Value is IpmiTarget known)
        {
            return known;
        }

        var key = resource.Key;
        var found = options.Targets.FirstOrDefault(target => key == target.Url || key == target.Name
            || key == target.Host || key == $"ipmi://{target.Name}");
        if (found is not null || key is "ipmi://local" or "local")
        {
            return found ?? new IpmiTarget { Name = ThisMachine };
        }

        var names = options.Targets.Select(target => target.Name).ToList();
        fault = $"'{key}' is no target of ipmi; there are: local, {string.Join(", ", names)}"
            + NearestName.Hint(key, names);
        return null;
    }
}

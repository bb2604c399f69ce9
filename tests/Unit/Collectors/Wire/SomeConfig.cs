using Ops.Model;
using Ops.Server.Config;

namespace Ops.Unit.Collectors.Wire;

/// <summary>Reads options out of YAML.</summary>
internal static class SomeConfig
{
    public static T Read<T>(string yaml, Func<ConfigNode, ConfigFaults, T> read, out string[] faults)
    {
        var all = new ConfigFaults();
        var root = YamlReader.Read(yaml, "ops.yaml", all)!;
        var options = read(root, all);
        faults = [.. all.All.Select(fault => fault.Message)];
        return options;
    }
}

using Ops.Model;

namespace Ops.Collectors.Notifications.Definitions;

/// <summary>Reads <c>plugin: name</c> and <c>plugin: {name, parameters}</c>.</summary>
internal static class FieldPluginReader
{
    private static readonly string[] Names = ["split", "bitfield", "timedelta", "map"];

    public static IFieldPlugin? Read(ConfigNode node, string what, ConfigFaults faults)
    {
        var isShort = node.Kind == ConfigNodeKind.Scalar;
        if (!isShort && !faults.Keys(node, $"the plugin of {what}", "name", "parameters"))
        {
            return null;
        }

        var nameNode = isShort ? node : node["name"];
        if (nameNode is null || nameNode.IsNull)
        {
            faults.Add(node, $"the plugin of {what} needs 'name'");
            return null;
        }

        var parameters = isShort || node["parameters"] is null or { IsNull: true }
            ? ConfigNode.Mapping([], node.File, node.Line, node.Column)
            : node["parameters"]!;
        var plugin = $"plugin '{nameNode.Text}' of {what}";
        switch (nameNode.Text)
        {
            case "split":
                return SplitPlugin.Read(parameters, plugin, faults);
            case "bitfield":
                return BitfieldPlugin.Read(parameters, plugin, faults);
            case "map":
                return MapPlugin.Read(parameters, plugin, faults);
            case "timedelta":
                faults.Keys(parameters, plugin);
                return new TimedeltaPlugin();
            default:
                faults.NotOneOf(nameNode, $"the plugin of {what}", Names);
                return null;
        }
    }
}

using System.Text.Json;
using Ops.Collectors.Notifications.Paths;
using Ops.Model;

namespace Ops.Collectors.Notifications.Definitions;

/// <summary>Reads where a value comes from: a path, a list of paths, or <c>{fields, plugin}</c>.</summary>
internal static class FieldDefinitionReader
{
    /// <summary>The most paths in a list.</summary>
    private const int PathsMax = 64;

    /// <summary>Reads a definition; null with faults where it is wrong.</summary>
    /// <param name="node">The path, the list or the mapping.</param>
    /// <param name="what">What it defines, for messages.</param>
    /// <param name="faults">Takes the faults.</param>
    /// <param name="moreKeys">Keys that the mapping may have besides <c>fields</c> and <c>plugin</c>.</param>
    public static FieldDefinition? Read(
        ConfigNode node, string what, ConfigFaults faults, params ReadOnlySpan<string> moreKeys)
    {
        if (node.Kind != ConfigNodeKind.Mapping)
        {
            return ReadFields(node, what, null, faults);
        }

        faults.Keys(node, what, [.. moreKeys, "fields", "plugin"]);
        var before = faults.All.Count;
        var plugin = node["plugin"] is { IsNull: false } pluginNode
            ? FieldPluginReader.Read(pluginNode, what, faults)
            : null;
        if (node["fields"] is not { IsNull: false } fields)
        {
            faults.Add(node["fields"] ?? node, $"{what} needs 'fields': a path, or a list of paths");
            return null;
        }

        var definition = ReadFields(fields, what, plugin, faults);
        return faults.All.Count == before ? definition : null;
    }

    private static FieldDefinition? ReadFields(
        ConfigNode node, string what, IFieldPlugin? plugin, ConfigFaults faults)
    {
        if (YamlValue.Whole(node) is { } whole)
        {
            return new FieldDefinition(JsonSerializer.SerializeToElement(whole));
        }

        var items = node.Kind == ConfigNodeKind.Sequence ? node.Items : [node];
        if (items.Count is 0 or > PathsMax)
        {
            faults.Add(node, $"{what} must have from 1 to {PathsMax} paths, found {items.Count}");
            return null;
        }

        var paths = new List<JsonPath>(items.Count);
        foreach (var item in items)
        {
            if (item.Kind != ConfigNodeKind.Scalar || string.IsNullOrEmpty(item.Text))
            {
                faults.Add(item, $"a path of {what} must be text such as 'payload.name', found {item.Describe()}");
            }
            else if (JsonPath.Parse(item.Text, out var fault) is { } path)
            {
                paths.Add(path);
            }
            else
            {
                faults.Add(item, $"the path '{item.Text}' of {what} cannot be read: {fault}");
            }
        }

        return paths.Count == items.Count ? new FieldDefinition(paths, plugin) : null;
    }
}

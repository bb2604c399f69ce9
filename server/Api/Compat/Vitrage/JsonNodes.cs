using System.Globalization;
using System.Text.Json;
using Ops.Model;

namespace Ops.Server.Api.Compat.Vitrage;

/// <summary>Turns JSON into the nodes that readers of configuration read, and back.</summary>
internal static class JsonNodes
{
    /// <summary>The node of a value; it has no place but its file.</summary>
    public static ConfigNode Read(JsonElement value, string file) => value.ValueKind switch
    {
        JsonValueKind.Object => ConfigNode.Mapping(
            [.. value.EnumerateObject().Select(it => new ConfigMember(it.Name, 0, 0, Read(it.Value, file)))],
            file, 0, 0),
        JsonValueKind.Array => ConfigNode.Sequence(
            [.. value.EnumerateArray().Select(item => Read(item, file))], file, 0, 0),
        JsonValueKind.String => ConfigNode.Scalar(value.GetString(), isQuoted: true, file, 0, 0),
        JsonValueKind.Null or JsonValueKind.Undefined => ConfigNode.Scalar(null, isQuoted: false, file, 0, 0),
        _ => ConfigNode.Scalar(value.GetRawText(), isQuoted: false, file, 0, 0),
    };

    /// <summary>The value of a node as JSON has it.</summary>
    public static object? Write(ConfigNode node) => node.Kind switch
    {
        ConfigNodeKind.Mapping => node.Members
            .GroupBy(member => member.Key, StringComparer.Ordinal)
            .ToDictionary(all => all.Key, all => Write(all.Last().Value), StringComparer.Ordinal),
        ConfigNodeKind.Sequence => node.Items.Select(Write).ToList(),
        _ when node.IsNull => null,
        _ when node.IsQuoted => node.Text,
        _ => Plain(node.Text!),
    };

    private static object Plain(string text)
    {
        if (text is "true" or "True" or "false" or "False")
        {
            return text is "true" or "True";
        }

        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
            ? whole
            : text;
    }
}

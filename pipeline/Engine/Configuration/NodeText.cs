using System.Text;
using Ops.Model;

namespace Ops.Pipeline.Configuration;

/// <summary>Renders a part of a document so that equal texts mean equal configuration.</summary>
internal static class NodeText
{
    public static string Of(ConfigNode? node)
    {
        var text = new StringBuilder();
        Append(node, text);
        return text.ToString();
    }

    private static void Append(ConfigNode? node, StringBuilder text)
    {
        switch (node)
        {
            case null or { IsNull: true }:
                text.Append('~');
                break;
            case { Kind: ConfigNodeKind.Scalar }:
                text.Append(node.IsQuoted ? '"' : '=').Append(node.Text!.Length).Append(':').Append(node.Text);
                break;
            case { Kind: ConfigNodeKind.Sequence }:
                text.Append('[');
                foreach (var item in node.Items)
                {
                    Append(item, text);
                    text.Append(',');
                }

                text.Append(']');
                break;
            default:
                text.Append('{');
                foreach (var member in node.Members.OrderBy(member => member.Key, StringComparer.Ordinal))
                {
                    text.Append(member.Key.Length).Append(':').Append(member.Key);
                    Append(member.Value, text);
                    text.Append(',');
                }

                text.Append('}');
                break;
        }
    }
}

using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using Ops.Model;

namespace Ops.Rca.Templates.Reading;

/// <summary>Reads the texts of actions: literal, or <c>get_attr(entity, attribute)</c>.</summary>
internal static partial class ActionTexts
{
    /// <summary>Whether a text looks like a function call, as Vitrage judges it.</summary>
    public static bool IsCall(string text)
    {
        var line = FirstLine(text);
        var open = line.IndexOf('(');
        return open >= 0 && line[open..].Contains(')');
    }

    /// <summary>Whether a text begins as a call of the named function.</summary>
    public static bool IsCallOf(string function, string text) =>
        text.StartsWith(function + "(", StringComparison.Ordinal) && FirstLine(text).Contains(')');

    /// <summary>Whether a text has parentheses or commas but no call.</summary>
    public static bool IsBrokenCall(string text) => text.AsSpan().ContainsAny("(),") && !IsCall(text);

    /// <summary>
    /// The text of a node. A call whose entity is not declared is kept, with a warning: it gives nothing.
    /// </summary>
    public static ActionText Read(ConfigNode? node, Vocabulary vocabulary, TemplateFaults faults)
    {
        if (node is not { Kind: ConfigNodeKind.Scalar })
        {
            return new ActionText(node is null ? "" : Rendered(node));
        }

        var text = node.Text ?? "";
        if (GetAttr().Match(text) is { Success: true } call)
        {
            var entity = call.Groups[1].Value;
            if (!vocabulary.Entities.ContainsKey(entity))
            {
                faults.Warn(
                    node, $"'{text}' reads entity '{entity}', which is not declared; it will give nothing"
                    + faults.Hint(entity, vocabulary.Entities.Keys));
            }

            return new ActionText(null, entity, call.Groups[2].Value);
        }

        if (text.Contains("get_attr(", StringComparison.Ordinal))
        {
            faults.Warn(node, $"'{text}' is taken literally; a function is the whole text get_attr(entity, attribute)");
        }

        return text;
    }

    /// <summary>The members of a mapping as workflow input.</summary>
    public static ImmutableArray<KeyValuePair<string, ActionText>> Input(
        IEnumerable<ConfigMember> members, Vocabulary vocabulary, TemplateFaults faults) =>
        [.. members.Select(member => KeyValuePair.Create(member.Key, Read(member.Value, vocabulary, faults)))];

    /// <summary>A list or mapping as JSON, so that a workflow can read it.</summary>
    private static string Rendered(ConfigNode node)
    {
        var text = new StringBuilder();
        Render(node, text);
        return text.ToString();
    }

    private static void Render(ConfigNode node, StringBuilder text)
    {
        switch (node.Kind)
        {
            case ConfigNodeKind.Sequence:
                text.Append('[');
                foreach (var item in node.Items)
                {
                    Render(item, Separated(text, '['));
                }

                text.Append(']');
                break;
            case ConfigNodeKind.Mapping:
                text.Append('{');
                foreach (var member in node.Members)
                {
                    Separated(text, '{').Append(Quoted(member.Key)).Append(':');
                    Render(member.Value, text);
                }

                text.Append('}');
                break;
            default:
                text.Append(Quoted(node.Text ?? ""));
                break;
        }
    }

    private static StringBuilder Separated(StringBuilder text, char open) => text[^1] == open ? text : text.Append(',');

    private static string Quoted(string text) =>
        "\"" + System.Text.Json.JsonEncodedText.Encode(text) + "\"";

    private static ReadOnlySpan<char> FirstLine(string text) =>
        text.AsSpan(0, text.IndexOf('\n') is var end && end < 0 ? text.Length : end);

    [GeneratedRegex(@"\A\s*get_attr\(\s*([^\s,()]+)\s*,\s*([^\s,()]+)\s*\)\s*\z")]
    private static partial Regex GetAttr();
}

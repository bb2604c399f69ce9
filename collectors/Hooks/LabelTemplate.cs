using System.Text;

namespace Ops.Collectors.Hooks;

/// <summary>Text with labels in it, such as <c>{instance|host}/service/{job}</c>.</summary>
/// <remarks>
/// <code>
/// text  = *( char | "{" label [ "|" change ] "}" )
/// change = "host"     without port, scheme and path
///        | "lower"    in lower case
/// </code>
/// A label that the alert does not have makes the whole text nothing.
/// </remarks>
public sealed class LabelTemplate
{
    private static readonly string[] Changes = ["host", "lower"];

    private readonly List<(string Text, string? Label, string Change)> _parts = [];

    private LabelTemplate()
    {
    }

    /// <summary>The labels that it asks for.</summary>
    public IEnumerable<string> Labels => _parts.Where(part => part.Label is not null).Select(part => part.Label!);

    /// <summary>Reads a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="fault">What is wrong with it, or null.</param>
    public static LabelTemplate Parse(string text, out string? fault)
    {
        fault = null;
        var template = new LabelTemplate();
        var at = 0;
        while (at < text.Length)
        {
            var open = text.IndexOf('{', at);
            if (open < 0)
            {
                template._parts.Add((text[at..], null, ""));
                break;
            }

            var close = text.IndexOf('}', open);
            if (close < 0)
            {
                fault = $"'{text}' has a '{{' without a '}}'";
                break;
            }

            template._parts.Add((text[at..open], null, ""));
            var inner = text[(open + 1)..close].Split('|', 2);
            var change = inner.Length > 1 ? inner[1].Trim() : "";
            if (inner[0].Trim().Length == 0 || (change.Length > 0 && !Changes.Contains(change)))
            {
                fault = $"'{{{text[(open + 1)..close]}}}' must be {{LABEL}}, {{LABEL|host}} or {{LABEL|lower}}";
                break;
            }

            template._parts.Add(("", inner[0].Trim(), change));
            at = close + 1;
        }

        return template;
    }

    /// <summary>The text with the labels put in; null where one is not there.</summary>
    public string? Fill(IReadOnlyDictionary<string, string> labels)
    {
        var filled = new StringBuilder();
        foreach (var (text, label, change) in _parts)
        {
            if (label is null)
            {
                filled.Append(text);
            }
            else if (labels.GetValueOrDefault(label) is { Length: > 0 } value)
            {
                filled.Append(change switch
                {
                    "host" => HostOf(value),
                    "lower" => value.ToLowerInvariant(),
                    _ => value,
                });
            }
            else
            {
                return null;
            }
        }

        return filled.Length == 0 ? null : filled.ToString();
    }

    /// <summary>The host of <c>host:9100</c>, <c>[::1]:9100</c> or <c>http://host:9100/path</c>.</summary>
    internal static string HostOf(string address)
    {
        var scheme = address.IndexOf("://", StringComparison.Ordinal);
        var rest = scheme < 0 ? address : address[(scheme + 3)..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        rest = slash < 0 ? rest : rest[..slash];
        if (rest.StartsWith('[') && rest.IndexOf(']', StringComparison.Ordinal) is > 0 and var end)
        {
            return rest[1..end];
        }

        var colon = rest.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && rest.IndexOf(':', colon + 1) < 0 ? rest[..colon] : rest;
    }
}

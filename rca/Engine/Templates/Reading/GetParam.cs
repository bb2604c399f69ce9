using Ops.Model;

namespace Ops.Rca.Templates.Reading;

/// <summary>Replaces <c>get_param(name)</c> throughout a template by the value given, else by the default.</summary>
/// <remarks>A text that only contains the call stays as it is. An empty value counts as none.
/// Source: Vitrage 9, template functions.</remarks>
internal sealed class GetParam(
    ConfigNode root, IReadOnlyDictionary<string, string> values, bool isSupported, TemplateFaults faults)
{
    private const string Name = "get_param";

    private readonly ConfigNode? _declared = root["parameters"];

    /// <summary>Whether any call was found.</summary>
    public bool IsUsed { get; private set; }

    /// <summary>The template with its parameters filled in and their declarations removed.</summary>
    public ConfigNode Resolve()
    {
        var resolved = Walk(root);
        return ConfigNode.Mapping(
            [.. resolved.Members.Where(member => member.Key != "parameters")], root.File, root.Line, root.Column);
    }

    private ConfigNode Walk(ConfigNode node) => node.Kind switch
    {
        ConfigNodeKind.Mapping => ConfigNode.Mapping(
            [.. node.Members.Select(member => member with { Value = Walk(member.Value) })],
            node.File, node.Line, node.Column),
        ConfigNodeKind.Sequence => ConfigNode.Sequence(
            [.. node.Items.Select(Walk)], node.File, node.Line, node.Column),
        _ => node.Text is { } text && ActionTexts.IsCallOf(Name, text) ? Replaced(node, text) : node,
    };

    private ConfigNode Replaced(ConfigNode node, string text)
    {
        IsUsed = true;
        if (!isSupported)
        {
            faults.Add(
                node, TemplateStatus.ParametersNeedVersion2,
                $"'{text}': parameters need version 2 or 3 of the template");
        }
        else if (_declared is not { Members.Count: > 0 })
        {
            faults.Add(
                node, TemplateStatus.UnknownParameter, $"'{text}' needs a 'parameters' section that declares it");
        }
        else if (!text.EndsWith(')') || text.Length < Name.Length + 3)
        {
            faults.Add(
                node, TemplateStatus.MalformedGetParam,
                $"'{text}' is malformed; a parameter is the whole text get_param(name)");
        }
        else if (Value(node, text[(Name.Length + 1)..^1]) is { } value)
        {
            return ConfigNode.Scalar(value, true, node.File, node.Line, node.Column);
        }

        return node;
    }

    private string? Value(ConfigNode node, string name)
    {
        var names = _declared!.Members.Select(member => member.Key).ToList();
        if (!names.Contains(name))
        {
            faults.AddUnknown(
                node, TemplateStatus.UnknownParameter,
                $"parameter '{name}' is not declared; declared: {string.Join(", ", names.Take(20))}", name, names);
            return null;
        }

        if (values.TryGetValue(name, out var given) && given.Length > 0)
        {
            return given;
        }

        if (_declared[name]?["default"]?.Text is { Length: > 0 } preset)
        {
            return preset;
        }

        faults.Add(
            node, TemplateStatus.UnresolvedParameter, $"parameter '{name}' has neither a value nor a default");
        return null;
    }
}

using Ops.Model;

namespace Ops.Rca.Templates.Reading;

/// <summary>Judges the value under a key; reports what is wrong.</summary>
internal delegate bool ValueCheck(ConfigNode value, string what, TemplateFaults faults);

/// <summary>The keys a mapping may and must have, each with its check and the status code of its absence.</summary>
/// <remarks>Faults come in the order of the document, missing keys last: Vitrage's order.</remarks>
internal sealed class MappingShape
{
    private readonly Dictionary<string, (int? MissingCode, ValueCheck Check)> _keys = [];
    private readonly List<string> _names = [];

    public MappingShape Required(string key, int missingCode, ValueCheck check) => Add(key, missingCode, check);

    public MappingShape Optional(string key, ValueCheck check) => Add(key, null, check);

    /// <summary>Keys that are not named are allowed.</summary>
    public bool IsOpen { get; init; }

    /// <summary>Whether the node has this shape; <paramref name="what"/> names it in messages.</summary>
    public bool Holds(ConfigNode node, string what, TemplateFaults faults)
    {
        if (node.Kind != ConfigNodeKind.Mapping)
        {
            faults.Add(node, TemplateStatus.Syntax, $"{what} must be a mapping, found {node.Describe()}");
            return false;
        }

        var before = faults.Count;
        foreach (var member in node.Members)
        {
            if (_keys.TryGetValue(member.Key, out var known))
            {
                known.Check(member.Value, $"'{member.Key}' of {what}", faults);
            }
            else if (!IsOpen)
            {
                faults.Add(
                    node.File, member.Line, member.Column, TemplateStatus.Syntax,
                    $"unknown key '{member.Key}' in {what}; allowed: {string.Join(", ", _names)}"
                    + faults.Hint(member.Key, _names));
            }
        }

        foreach (var name in _names)
        {
            if (_keys[name].MissingCode is { } code && node[name] is null)
            {
                faults.Add(node, code, $"{what} needs '{name}'");
            }
        }

        return faults.Count == before;
    }

    /// <summary>A single value.</summary>
    public static bool Text(ConfigNode value, string what, TemplateFaults faults) =>
        Is(value, ConfigNodeKind.Scalar, "text", what, faults);

    /// <summary>A mapping of any keys.</summary>
    public static bool Mapping(ConfigNode value, string what, TemplateFaults faults) =>
        Is(value, ConfigNodeKind.Mapping, "a mapping", what, faults);

    /// <summary>A list of anything.</summary>
    public static bool List(ConfigNode value, string what, TemplateFaults faults) =>
        Is(value, ConfigNodeKind.Sequence, "a list", what, faults);

    private static bool Is(ConfigNode value, ConfigNodeKind kind, string word, string what, TemplateFaults faults)
    {
        if (value.Kind == kind)
        {
            return true;
        }

        faults.Add(value, TemplateStatus.Syntax, $"{what} must be {word}, found {value.Describe()}");
        return false;
    }

    private MappingShape Add(string key, int? missingCode, ValueCheck check)
    {
        _keys.Add(key, (missingCode, check));
        _names.Add(key);
        return this;
    }
}

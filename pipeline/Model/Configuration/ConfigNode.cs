namespace Ops.Model;

/// <summary>The shapes a node of a user's document has.</summary>
public enum ConfigNodeKind
{
    /// <summary>A single value, or nothing.</summary>
    Scalar,

    /// <summary>A list.</summary>
    Sequence,

    /// <summary>Keys with values, in the order of the document.</summary>
    Mapping,
}

/// <summary>
/// A node of a user's document (YAML or JSON), with its place, from which the rooms read their configuration.
/// </summary>
/// <remarks>
/// The roof parses text to nodes; a room reads nodes to its own immutable records and reports faults at their places.
/// Aliases and merge keys are resolved. Keys of a mapping are unique.
/// </remarks>
public sealed class ConfigNode
{
    private ConfigNode(ConfigNodeKind kind, string file, int line, int column)
    {
        Kind = kind;
        File = file;
        Line = line;
        Column = column;
    }

    /// <summary>Scalar, sequence or mapping.</summary>
    public ConfigNodeKind Kind { get; }

    /// <summary>The file it stands in, as the user named it.</summary>
    public string File { get; }

    /// <summary>Line, from 1.</summary>
    public int Line { get; }

    /// <summary>Column, from 1.</summary>
    public int Column { get; }

    /// <summary>The text of a scalar as written; null for nothing (<c>null</c>, <c>~</c> or empty, unquoted).</summary>
    public string? Text { get; private init; }

    /// <summary>Whether the scalar stood in quotes or a block, so that it is text whatever it looks like.</summary>
    public bool IsQuoted { get; private init; }

    /// <summary>The items of a sequence; else empty.</summary>
    public IReadOnlyList<ConfigNode> Items { get; private init; } = [];

    /// <summary>The members of a mapping in order; else empty.</summary>
    public IReadOnlyList<ConfigMember> Members { get; private init; } = [];

    /// <summary>Whether it is a scalar that says nothing.</summary>
    public bool IsNull => Kind == ConfigNodeKind.Scalar && Text is null;

    /// <summary>The value under a key of a mapping, or null.</summary>
    public ConfigNode? this[string key]
    {
        get
        {
            foreach (var member in Members)
            {
                if (member.Key == key)
                {
                    return member.Value;
                }
            }

            return null;
        }
    }

    /// <summary>A scalar.</summary>
    public static ConfigNode Scalar(string? text, bool isQuoted, string file, int line, int column) =>
        new(ConfigNodeKind.Scalar, file, line, column) { Text = text, IsQuoted = isQuoted };

    /// <summary>A list.</summary>
    public static ConfigNode Sequence(IReadOnlyList<ConfigNode> items, string file, int line, int column) =>
        new(ConfigNodeKind.Sequence, file, line, column) { Items = items };

    /// <summary>A mapping.</summary>
    public static ConfigNode Mapping(IReadOnlyList<ConfigMember> members, string file, int line, int column) =>
        new(ConfigNodeKind.Mapping, file, line, column) { Members = members };

    /// <summary>What it is, for messages: <c>a list</c>, <c>a mapping</c>, <c>nothing</c> or <c>'text'</c>.</summary>
    public string Describe() => Kind switch
    {
        ConfigNodeKind.Sequence => "a list",
        ConfigNodeKind.Mapping => "a mapping",
        _ => Text is null ? "nothing" : $"'{Text}'",
    };
}

/// <summary>A key of a mapping with its value and the key's own place.</summary>
public readonly record struct ConfigMember(string Key, int Line, int Column, ConfigNode Value);

using System.Text;
using Ops.Model;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using ScalarEvent = YamlDotNet.Core.Events.Scalar;

namespace Ops.Server.Config;

/// <summary>Reads YAML (and so JSON) text into <see cref="ConfigNode"/> trees with places.</summary>
/// <remarks>
/// Aliases are resolved, merge keys (<c>&lt;&lt;</c>) applied. A document is at most 8 MiB, 100 deep and 1 000 000
/// nodes.
/// </remarks>
public static class YamlReader
{
    private const int CharsMax = 8 * 1024 * 1024;
    private const int PieceChars = 64 * 1024;
    private const int DepthMax = 100;
    private const int NodesMax = 1_000_000;

    /// <summary>Reads one document; null with faults where it is not YAML, null without where it is empty.</summary>
    public static ConfigNode? Read(string text, string file, ConfigFaults faults)
    {
        if (text.Length > CharsMax)
        {
            faults.Add(new ConfigFault(file, 0, 0, $"is larger than {CharsMax} characters"));
            return null;
        }

        try
        {
            return new Builder(new Parser(new StringReader(text)), file, faults).Document();
        }
        catch (LimitException fault)
        {
            faults.Add(new ConfigFault(file, (int)fault.Start.Line, (int)fault.Start.Column, fault.Message));
            return null;
        }
        catch (YamlException fault)
        {
            faults.Add(TabFault(text, file, (int)fault.Start.Line) ?? new ConfigFault(
                file, (int)fault.Start.Line, (int)fault.Start.Column,
                $"not valid YAML: {FirstSentence(fault.Message)}"));
            return null;
        }
        catch (Exception fault) when (fault is InvalidOperationException or ArgumentException)
        {
            // The library's scanner meets some damaged text with these instead of its own exception.
            faults.Add(new ConfigFault(file, 0, 0, "not valid YAML: the text cannot be parsed"));
            return null;
        }
    }

    /// <summary>Reads a file; a missing one is a fault.</summary>
    /// <param name="path">Where it lies.</param>
    /// <param name="faults">Takes what is wrong with it.</param>
    /// <param name="shownAs">How messages name it; default as the path.</param>
    public static ConfigNode? ReadFile(string path, ConfigFaults faults, string? shownAs = null)
    {
        try
        {
            using var reader = new StreamReader(path);
            return Read(AllOf(reader), shownAs ?? path, faults);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            faults.Add(new ConfigFault(shownAs ?? path, 0, 0, $"cannot be read: {fault.Message}"));
            return null;
        }
    }

    /// <summary>All text, or one character more than is allowed: a device or a pipe may have no end.</summary>
    private static string AllOf(StreamReader reader)
    {
        var text = new StringBuilder();
        var piece = new char[PieceChars];
        while (text.Length <= CharsMax && reader.ReadBlock(piece) is > 0 and var count)
        {
            text.Append(piece, 0, count);
        }

        return text.ToString();
    }

    /// <summary>The parser stumbles over a tab some lines before or after it; this names the tab itself.</summary>
    private static ConfigFault? TabFault(string text, string file, int near)
    {
        var number = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            number++;
            var indent = line[..(line.Length - line.TrimStart().Length)];
            if (number >= near && number <= near + 1 && indent.Contains('\t'))
            {
                return new ConfigFault(
                    file, number, indent.IndexOf('\t') + 1, "not valid YAML: a tab indents this line; use spaces");
            }
        }

        return null;
    }

    private static string FirstSentence(string message) => message.ReplaceLineEndings(" ").TrimEnd('.', ' ');

    /// <summary>YAML, but more of it than is read.</summary>
    private sealed class LimitException(Mark at, string message) : YamlException(at, at, message);

    private sealed class Builder(IParser parser, string file, ConfigFaults faults)
    {
        private readonly Dictionary<AnchorName, (ConfigNode Node, int Size, int Height)> _anchors = [];
        private int _nodes;
        private int _deepest;

        public ConfigNode? Document()
        {
            parser.Consume<StreamStart>();
            if (!parser.TryConsume<DocumentStart>(out _))
            {
                return null;
            }

            var root = Node(0);
            parser.Consume<DocumentEnd>();
            if (parser.TryConsume<DocumentStart>(out var second))
            {
                faults.Add(new ConfigFault(
                    file, (int)second.Start.Line, (int)second.Start.Column, "holds more than one YAML document"));
            }

            return root.IsNull ? null : root;
        }

        private ConfigNode Node(int depth)
        {
            var start = parser.Current!.Start;
            var (before, deepestBefore) = (_nodes, _deepest);
            _deepest = depth;
            Count(1, depth, start);
            if (parser.TryConsume<AnchorAlias>(out var alias))
            {
                if (!_anchors.TryGetValue(alias.Value, out var known))
                {
                    throw new YamlException(start, alias.End, $"alias '{alias.Value}' is not defined");
                }

                Count(known.Size, depth + known.Height, start);
                _deepest = Math.Max(deepestBefore, depth + known.Height);
                return known.Node;
            }

            var anchor = (parser.Current as NodeEvent)?.Anchor ?? AnchorName.Empty;
            var node = parser.Current switch
            {
                ScalarEvent => ReadScalar(),
                SequenceStart => ReadSequence(depth),
                MappingStart => ReadMapping(depth),
                _ => throw new YamlException(start, start, "a value was expected"),
            };
            if (!anchor.IsEmpty)
            {
                _anchors[anchor] = (node, _nodes - before, _deepest - depth);
            }

            _deepest = Math.Max(deepestBefore, _deepest);
            return node;
        }

        /// <summary>An alias counts as many nodes and levels as what it stands for: readers walk them all.</summary>
        private void Count(int nodes, int depth, Mark at)
        {
            _nodes += nodes;
            if (depth > DepthMax)
            {
                throw new LimitException(at, $"is nested deeper than {DepthMax} levels, aliases counted");
            }

            if (_nodes > NodesMax)
            {
                throw new LimitException(at, $"has more than {NodesMax} nodes, aliases counted");
            }
        }

        private ConfigNode ReadScalar()
        {
            var scalar = parser.Consume<ScalarEvent>();
            var quoted = scalar.Style is not (ScalarStyle.Plain or ScalarStyle.Any);
            var isNull = !quoted && (scalar.Value is "" or "~" or "null" or "Null" or "NULL");
            var text = isNull ? null : scalar.Value;
            return ConfigNode.Scalar(text, quoted, file, Line(scalar), Column(scalar));
        }

        private ConfigNode ReadSequence(int depth)
        {
            var start = parser.Consume<SequenceStart>();
            var items = new List<ConfigNode>();
            while (!parser.TryConsume<SequenceEnd>(out _))
            {
                items.Add(Node(depth + 1));
            }

            return ConfigNode.Sequence(items, file, Line(start), Column(start));
        }

        private ConfigNode ReadMapping(int depth)
        {
            var start = parser.Consume<MappingStart>();
            var members = new List<ConfigMember>();
            var merged = new List<ConfigMember>();
            var names = new HashSet<string>(StringComparer.Ordinal);
            while (!parser.TryConsume<MappingEnd>(out _))
            {
                var key = Node(depth + 1);
                var value = Node(depth + 1);
                if (key.Kind != ConfigNodeKind.Scalar)
                {
                    faults.Add(key, "a key must be text");
                }
                else if (key.Text == "<<" && !key.IsQuoted)
                {
                    Merge(value, merged);
                }
                else if (names.Add(key.Text ?? ""))
                {
                    members.Add(new ConfigMember(key.Text ?? "", key.Line, key.Column, value));
                }
                else
                {
                    faults.Add(key, $"key '{key.Text}' occurs twice");
                }
            }

            members.AddRange(merged.Where(member => names.Add(member.Key)));
            return ConfigNode.Mapping(members, file, Line(start), Column(start));
        }

        private void Merge(ConfigNode value, List<ConfigMember> merged)
        {
            IReadOnlyList<ConfigNode> mappings = value.Kind == ConfigNodeKind.Sequence ? value.Items : [value];
            foreach (var mapping in mappings)
            {
                if (mapping.Kind != ConfigNodeKind.Mapping)
                {
                    faults.Add(mapping, $"'<<' merges mappings, found {mapping.Describe()}");
                }

                merged.AddRange(mapping.Members);
            }
        }

        private static int Line(ParsingEvent at) => (int)at.Start.Line;

        private static int Column(ParsingEvent at) => (int)at.Start.Column;
    }
}

using System.Collections.Immutable;
using Ops.Model;

namespace Ops.Rca.Templates.Reading;

/// <summary>What a template file holds, judged by its type.</summary>
internal enum TemplateFileKind
{
    /// <summary>Scenarios.</summary>
    Standard,

    /// <summary>Entities and relationships for others to include.</summary>
    Definition,

    /// <summary>Entities that stand for each other.</summary>
    Equivalence,
}

/// <summary>A template file while its set is read.</summary>
internal sealed class TemplateFile
{
    /// <summary>Nodes of one file, aliases counted each time: what bounds every later walk.</summary>
    private const int NodesMax = 1_000_000;

    private readonly ConfigNode? _root;

    public TemplateFile(TemplateDocument document)
    {
        Name = document.File;
        Parameters = document.Parameters;
        foreach (var fault in document.Faults)
        {
            Faults.Add(fault.File, fault.Line, fault.Column, TemplateStatus.NotYaml, fault.Message);
        }

        if (document.Faults.IsEmpty)
        {
            _root = document.Root;
            CheckFrame();
        }
    }

    /// <summary>The file as the user named it.</summary>
    public string Name { get; }

    /// <summary>Values of its own parameters, or null.</summary>
    public IReadOnlyDictionary<string, string>? Parameters { get; }

    /// <summary>Its faults so far.</summary>
    public TemplateFaults Faults { get; } = new();

    /// <summary>The document; null where it is too broken to be read further.</summary>
    public ConfigNode? Root { get; private set; }

    /// <summary>The version as written; 1 where none is.</summary>
    public string Version { get; private set; } = "1";

    /// <summary>What it holds.</summary>
    public TemplateFileKind Kind { get; set; }

    /// <summary>The template that was read, equivalences not yet applied.</summary>
    public Template? Template { get; set; }

    /// <summary>The template's name as written, or null.</summary>
    public string? TemplateName => Root?["metadata"]?["name"]?.Text;

    /// <summary>Whether the type is left out.</summary>
    public bool HasNoType => Root?["metadata"]?["type"] is null;

    /// <summary>The result for the user.</summary>
    public TemplateValidation Result() => new()
    {
        File = Name,
        Errors = [.. Faults.All],
        Warnings = [.. Faults.Warnings],
    };

    private void CheckFrame()
    {
        if (_root is null)
        {
            Faults.Add(Name, 0, 0, TemplateStatus.NoMetadata, "the template is empty; it needs 'metadata'");
            return;
        }

        var budget = NodesMax;
        if (_root.Kind != ConfigNodeKind.Mapping)
        {
            Faults.Add(_root, TemplateStatus.Syntax, $"a template must be a mapping, found {_root.Describe()}");
        }
        else if (!Fits(_root, ref budget))
        {
            Faults.Add(_root, TemplateStatus.Syntax, $"the template has more than {NodesMax} nodes, aliases counted");
        }
        else if (_root["metadata"] is not { } metadata || metadata.IsNull)
        {
            Faults.Add(_root["metadata"] ?? _root, TemplateStatus.NoMetadata, "template needs 'metadata'");
        }
        else if (MappingShape.Mapping(metadata, "'metadata' of template", Faults))
        {
            CheckVersion(_root, metadata);
        }
    }

    private void CheckVersion(ConfigNode root, ConfigNode metadata)
    {
        var version = metadata["version"];
        if (version is { Kind: ConfigNodeKind.Scalar, Text.Length: > 0 })
        {
            Version = version.Text;
        }

        if (version is { Kind: not ConfigNodeKind.Scalar } || !SharedShapes.Versions.Contains(Version))
        {
            Faults.Add(
                version!, TemplateStatus.BadVersion,
                $"'version' of metadata must be one of {string.Join(", ", SharedShapes.Versions)}, "
                + $"found {version!.Describe()}");
            return;
        }

        Root = root;
        Kind = metadata["type"]?.Text switch
        {
            "definition" => TemplateFileKind.Definition,
            "equivalence" => TemplateFileKind.Equivalence,
            null when root["equivalences"] is not null && root["scenarios"] is null => TemplateFileKind.Equivalence,
            _ => TemplateFileKind.Standard,
        };
    }

    private static bool Fits(ConfigNode node, ref int budget)
    {
        if (--budget < 0)
        {
            return false;
        }

        foreach (var item in node.Items)
        {
            if (!Fits(item, ref budget))
            {
                return false;
            }
        }

        foreach (var member in node.Members)
        {
            if (!Fits(member.Value, ref budget))
            {
                return false;
            }
        }

        return true;
    }
}

using System.Collections.Immutable;
using Ops.Model;
using Ops.Rca.Templates.Equivalences;
using Ops.Rca.Templates.Reading;

namespace Ops.Rca.Templates;

/// <summary>
/// Reads and validates template files that belong together; each fault of each file is reported at its place.
/// </summary>
/// <remarks>
/// Includes are looked up among the files, equivalences apply to all of them. Pure; the same input gives the same set.
/// Source of the grammar, the status codes and their order: Vitrage 9.
/// </remarks>
public static class TemplateSetReader
{
    private static readonly IReadOnlyDictionary<string, string> NoParameters =
        ImmutableDictionary<string, string>.Empty;

    /// <summary>Reads a set.</summary>
    /// <param name="documents">The files as parsed, in the order in which they are reported.</param>
    /// <param name="parameters">Values for <c>get_param</c>, for all files alike; default none.</param>
    /// <param name="check">Judges the right templates together; default not at all.</param>
    public static TemplateSet Read(
        IReadOnlyList<TemplateDocument> documents, IReadOnlyDictionary<string, string>? parameters = null,
        TemplateSetCheck? check = null)
    {
        var files = documents.Select(document => new TemplateFile(document)).ToList();
        var definitions = ReadDefinitions(files);
        var equivalences = ReadEquivalences(files);
        var others = files.Where(file => file.Kind != TemplateFileKind.Standard).Select(file => file.Root)
            .OfType<ConfigNode>().ToList();
        foreach (var file in files.Where(file => file is { Kind: TemplateFileKind.Standard, Root: not null }))
        {
            var values = file.Parameters ?? parameters ?? NoParameters;
            file.Template = ReadStandard(file, definitions, values) is { } template
                && equivalences.Apply(template, file.Faults) is { } applied
                ? applied with
                {
                    Digest = TemplateDigest.Of(file.Root!, values, others),
                }
                : null;
        }

        var shared = SharedNames(files);
        if (check is not null)
        {
            CheckTogether(files, check);
        }

        return new TemplateSet
        {
            Templates = [.. files.Where(file => file.Faults.None).Select(file => file.Template).OfType<Template>()],
            Files = [.. files.Select(file => file.Result())],
            Faults = [.. files.SelectMany(file => file.Faults.All), .. shared],
        };
    }

    private static Dictionary<string, ConfigNode> ReadDefinitions(List<TemplateFile> files)
    {
        var included = files
            .SelectMany(file => file.Root?["includes"]?.Items ?? [])
            .Select(include => include["name"]?.Text)
            .OfType<string>()
            .ToHashSet(StringComparer.Ordinal);
        var definitions = new Dictionary<string, ConfigNode>(StringComparer.Ordinal);
        foreach (var file in files.Where(file => file.Root is not null))
        {
            var isUntyped = file.HasNoType && file.Root!["scenarios"] is null && file.Root["definitions"] is not null;
            if (isUntyped && file.TemplateName is { } untyped && included.Contains(untyped))
            {
                file.Kind = TemplateFileKind.Definition;
            }

            if (file.Kind == TemplateFileKind.Definition)
            {
                V2Syntax.CheckDefinition(file.Root!, file.Faults);
                new V2Definitions(file.Root!, file.Faults).Read(ImmutableDictionary<string, ConfigNode>.Empty);
                if (file.Faults.None && file.TemplateName is { } name)
                {
                    definitions.TryAdd(name, file.Root!);
                }
            }
        }

        return definitions;
    }

    private static EquivalenceTable ReadEquivalences(List<TemplateFile> files)
    {
        var table = new EquivalenceTable();
        foreach (var file in files.Where(file => file is { Kind: TemplateFileKind.Equivalence, Root: not null }))
        {
            table.Read(file.Root!, file.Faults);
        }

        return table;
    }

    private static Template? ReadStandard(
        TemplateFile file, Dictionary<string, ConfigNode> definitions,
        IReadOnlyDictionary<string, string> parameters) =>
        file.Version == "3"
            ? new V3Reader(file.Root!, parameters, file.Faults).Read()
            : new V2Reader(file.Root!, file.Version == "1", definitions, parameters, file.Faults).Read();

    /// <summary>
    /// Names that two files have: validation accepts each file, as Vitrage does, but the set does not load.
    /// </summary>
    private static List<ConfigFault> SharedNames(List<TemplateFile> files)
    {
        var faults = new List<ConfigFault>();
        var first = new Dictionary<string, TemplateFile>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            var name = file.Template?.Name ?? file.TemplateName;
            if (name is null || first.TryAdd(name, file))
            {
                continue;
            }

            var at = file.Root!["metadata"]!["name"]!;
            var message = $"template name '{name}' is also that of {first[name].Name}";
            file.Faults.Warn(at, message);
            faults.Add(new ConfigFault(file.Name, at.Line, at.Column, message));
        }

        return faults;
    }

    private static void CheckTogether(List<TemplateFile> files, TemplateSetCheck check)
    {
        var right = files.Where(file => file.Faults.None && file.Template is not null).ToList();
        foreach (var fault in check([.. right.Select(file => file.Template!)]))
        {
            foreach (var file in right.Where(file => file.Template!.Name == fault.Template))
            {
                var at = file.Root!["metadata"]!["name"]!;
                file.Faults.Add(at, fault.Code, fault.Message);
            }
        }
    }
}

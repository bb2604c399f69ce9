using Ops.Model;
using Ops.Rca.Templates;
using Ops.Server.Config;

namespace Ops.Server.Cli.Replays;

/// <summary>Reads templates and what belongs to them from files that the user named.</summary>
internal static class TemplateFiles
{
    /// <summary>The YAML files of a folder, by name.</summary>
    public static IReadOnlyList<string> Of(string folder) =>
    [
        .. Directory.EnumerateFiles(folder)
            .Where(path => Path.GetExtension(path) is ".yaml" or ".yml")
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>A file as parsed.</summary>
    public static TemplateDocument Read(string path)
    {
        var faults = new ConfigFaults();
        var root = YamlReader.ReadFile(path, faults);
        return new TemplateDocument(path, root, [.. faults.All]);
    }

    /// <summary>A file of parameters: names and texts, by themselves or under <c>parameters</c>.</summary>
    /// <exception cref="CommandFault">It is not one.</exception>
    public static IReadOnlyDictionary<string, string>? Parameters(string? path)
    {
        if (path is null)
        {
            return null;
        }

        var faults = new ConfigFaults();
        var root = YamlReader.ReadFile(path, faults);
        var mapping = root?["parameters"] is { Kind: ConfigNodeKind.Mapping } inner ? inner : root;
        if (mapping is { Kind: not ConfigNodeKind.Mapping })
        {
            faults.Add(mapping, $"parameters must be a mapping of names to texts, found {mapping.Describe()}");
        }

        foreach (var member in mapping?.Members.Where(member => member.Value.Kind != ConfigNodeKind.Scalar) ?? [])
        {
            faults.Add(member.Value, $"parameter '{member.Key}' must be text, found {member.Value.Describe()}");
        }

        return faults.None
            ? (mapping?.Members ?? []).ToDictionary(member => member.Key, member => member.Value.Text ?? "")
            : throw new CommandFault(string.Join("\nops: ", faults.All));
    }
}

using Ops.Model;
using Ops.Rca.Templates;
using Ops.Server.Config;

namespace Ops.Server.Wiring;

/// <summary>Opens template files for the room that reads them.</summary>
internal static class TemplateFiles
{
    /// <summary>The file as parsed, with the parser's faults.</summary>
    public static TemplateDocument Open(string path)
    {
        var faults = new ConfigFaults();
        var root = YamlReader.ReadFile(path, faults);
        return new TemplateDocument(path, root, [.. faults.All]);
    }

    /// <summary>All YAML files of a folder, by name.</summary>
    public static IReadOnlyList<TemplateDocument> OpenAll(string folder) =>
    [
        .. Directory.EnumerateFiles(folder)
            .Where(path => Path.GetExtension(path) is ".yaml" or ".yml")
            .Order(StringComparer.Ordinal)
            .Select(Open),
    ];
}

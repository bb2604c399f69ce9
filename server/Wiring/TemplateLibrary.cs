using System.Text.Json;
using Ops.Model;
using Ops.Rca.Evaluation.Strata;
using Ops.Rca.Live;
using Ops.Rca.Templates;
using Ops.Server.Api.Compat.Vitrage;
using Ops.Server.Config;

namespace Ops.Server.Wiring;

/// <summary>
/// The templates of the configuration and those added while running, which the state store keeps; puts both in force
/// together.
/// </summary>
internal sealed class TemplateLibrary(ConfigFolder folder, RcaEngine rca, IStateStore store, TimeProvider time)
    : ITemplateLibrary
{
    private const string Area = "templates.added";

    private readonly Lock _lock = new();

    /// <summary>What is in force after a start: the templates of the files that are right, and those added.</summary>
    public static TemplateSet InForce(ConfigFolder folder, IStateStore store) =>
        Set(folder, [.. ConfigDocuments.TemplateDocuments(folder), .. Added(store).Select(one => one.Document)]);

    /// <summary>Puts the files as they are now in force; faults are added to the list, and the old stay then.</summary>
    public void Reload(ConfigFaults faults)
    {
        lock (_lock)
        {
            var set = InForce(folder, store);
            foreach (var fault in set.Faults)
            {
                faults.Add(fault);
            }

            if (!set.IsOk)
            {
                return;
            }

            foreach (var refused in rca.Reload(set.Templates))
            {
                faults.Add(new ConfigFault(ConfigConcern.Templates.Name, 0, 0,
                    $"template '{refused.Template}': {refused.Message}"));
            }
        }
    }

    public IReadOnlyList<LibraryTemplate> List()
    {
        lock (_lock)
        {
            var rows = Files()
                .Where(document => document.Root is not null)
                .Select(document => Row(
                    document, "ACTIVE", $"from {document.File}", new DateTimeOffset(
                        File.GetLastWriteTimeUtc(Path.GetFullPath(document.File)), TimeSpan.Zero)));
            var added = Added().Select(one => Row(one.Document, "ACTIVE", "added while running", one.At));
            return [.. rows.Concat(added).OrderBy(row => row.Name, StringComparer.Ordinal)];
        }
    }

    public ConfigNode? Content(string idOrName)
    {
        lock (_lock)
        {
            return Files().Concat(Added().Select(one => one.Document))
                .FirstOrDefault(document => Is(NameOf(document), idOrName))?.Root;
        }
    }

    public IReadOnlyList<TemplateValidation> Validate(
        IReadOnlyList<BroughtTemplate> templates, IReadOnlyDictionary<string, string>? parameters)
    {
        lock (_lock)
        {
            var brought = templates.Select(one => Document(one, parameters)).ToList();
            var names = brought.Select(NameOf).ToHashSet(StringComparer.Ordinal);
            var others = Files().Concat(Added().Select(one => one.Document)).Where(one => !names.Contains(NameOf(one)));
            return [.. Set([.. others, .. brought]).Files.TakeLast(brought.Count)];
        }
    }

    public IReadOnlyList<LibraryTemplate> Add(
        IReadOnlyList<BroughtTemplate> templates, IReadOnlyDictionary<string, string>? parameters, bool overwrite)
    {
        lock (_lock)
        {
            return [.. templates.Select(one => AddOne(one, parameters, overwrite))];
        }
    }

    public IReadOnlyList<LibraryTemplate> Delete(IReadOnlyList<string> idsOrNames)
    {
        lock (_lock)
        {
            var added = Added();
            var gone = idsOrNames.Select(id => added.FirstOrDefault(one => Is(NameOf(one.Document), id))
                ?? throw new FormatException(Missing(id))).Distinct().ToList();
            store.Write([.. gone.Select(one => new StateChange(Area, NameOf(one.Document), null))]);
            rca.Reload(Together([.. added.Except(gone)]).Templates);
            return [.. gone.Select(one => Row(one.Document, "DELETED", "", one.At))];
        }
    }

    private LibraryTemplate AddOne(
        BroughtTemplate template, IReadOnlyDictionary<string, string>? parameters, bool overwrite)
    {
        var document = Document(template, parameters);
        var name = NameOf(document);
        var added = Added();
        if (Files().Any(file => NameOf(file) == name))
        {
            return Row(document, "ERROR", $"a file of the configuration has a template '{name}'", time.GetUtcNow());
        }

        if (!overwrite && added.Any(one => NameOf(one.Document) == name))
        {
            return Row(document, "ERROR", $"there is a template '{name}'; overwrite replaces it", time.GetUtcNow());
        }

        var set = Set([
            .. Files(), .. added.Select(one => one.Document).Where(one => NameOf(one) != name), document,
        ]);
        if (set.Files[^1] is { IsOk: false } faulty)
        {
            return Row(document, "ERROR", faulty.Message, time.GetUtcNow());
        }

        var refused = rca.Reload(set.Templates);
        if (refused.Count > 0)
        {
            return Row(document, "ERROR", refused[0].Message, time.GetUtcNow());
        }

        var kept = new KeptTemplate(document.File, template.Body, parameters, time.GetUtcNow());
        store.Write([new StateChange(Area, name, JsonSerializer.SerializeToUtf8Bytes(kept))]);
        return Row(document, "ACTIVE", "added while running", kept.At);
    }

    private string Missing(string id) => Files().FirstOrDefault(file => Is(NameOf(file), id)) is { } file
        ? $"template '{id}' stands in {file.File}; it goes with its file"
        : $"there is no template '{id}'";

    private TemplateSet Together(IReadOnlyList<AddedTemplate> added) =>
        Set([.. Files(), .. added.Select(one => one.Document)]);

    private TemplateSet Set(IReadOnlyList<TemplateDocument> documents) => Set(folder, documents);

    private static TemplateSet Set(ConfigFolder folder, IReadOnlyList<TemplateDocument> documents) =>
        TemplateSetReader.Read(
            documents, check: OscillationCheck.With(ConfigDocuments.StateValues(folder, new ConfigFaults())));

    private IReadOnlyList<TemplateDocument> Files() => ConfigDocuments.TemplateDocuments(folder);

    private List<AddedTemplate> Added() => Added(store);

    private static List<AddedTemplate> Added(IStateStore store) =>
    [
        .. store.ReadAll(Area)
            .Select(pair => JsonSerializer.Deserialize<KeptTemplate>(pair.Value)!)
            .Select(kept => new AddedTemplate(
                Document(new BroughtTemplate(kept.File, kept.Body), kept.Parameters), kept.At)),
    ];

    private static TemplateDocument Document(
        BroughtTemplate template, IReadOnlyDictionary<string, string>? parameters)
    {
        var file = template.Path ?? "template";
        return new TemplateDocument(file, JsonNodes.Read(template.Body, file), [], parameters);
    }

    private static LibraryTemplate Row(TemplateDocument document, string status, string details, DateTimeOffset at) =>
        new(IdOf(NameOf(document)), NameOf(document), status, details, at,
            document.Root?["metadata"]?["type"]?.Text ?? document.Root?["type"]?.Text ?? "standard");

    private static bool Is(string name, string idOrName) => name == idOrName || IdOf(name) == idOrName;

    private static string IdOf(string name) => VitrageIds.Of("TEMPLATE", "", name);

    private static string NameOf(TemplateDocument document) =>
        document.Root?["metadata"] is { } metadata
            ? metadata["name"]?.Text ?? metadata["id"]?.Text ?? document.File
            : document.File;

    private sealed record AddedTemplate(TemplateDocument Document, DateTimeOffset At);

    private sealed record KeptTemplate(
        string File, JsonElement Body, IReadOnlyDictionary<string, string>? Parameters, DateTimeOffset At);
}

using Ops.Model;
using Ops.Rca.Templates;
using Ops.Server.Api.Compat.Vitrage;

namespace Ops.Unit.Server.Api.Compat;

/// <summary>Remembers what it was asked; says that every template is right.</summary>
internal sealed class FakeTemplateLibrary : ITemplateLibrary
{
    public List<string> Asked { get; } = [];

    public IReadOnlyList<LibraryTemplate> List() =>
        [new("u1", "service_gone", "ACTIVE", "from a file", FakeOpsView.Noon, "standard")];

    public ConfigNode? Content(string idOrName) => idOrName == "service_gone"
        ? JsonNodes.Read(
            System.Text.Json.JsonSerializer.SerializeToElement(new { metadata = new { name = idOrName, version = 3 } }),
            "f")
        : null;

    public IReadOnlyList<TemplateValidation> Validate(
        IReadOnlyList<BroughtTemplate> templates, IReadOnlyDictionary<string, string>? parameters)
    {
        Ask("validate", templates, parameters);
        return [.. templates.Select(one => new TemplateValidation { File = one.Path ?? "template", Errors = [] })];
    }

    public IReadOnlyList<LibraryTemplate> Add(
        IReadOnlyList<BroughtTemplate> templates, IReadOnlyDictionary<string, string>? parameters, bool overwrite)
    {
        Ask($"add {overwrite}", templates, parameters);
        return List();
    }

    public IReadOnlyList<LibraryTemplate> Delete(IReadOnlyList<string> idsOrNames)
    {
        Asked.Add($"delete {string.Join(' ', idsOrNames)}");
        return idsOrNames.Contains("none") ? throw new FormatException("there is no template 'none'") : List();
    }

    private void Ask(
        string what, IReadOnlyList<BroughtTemplate> templates, IReadOnlyDictionary<string, string>? parameters) =>
        Asked.Add($"{what} {string.Join(' ', templates.Select(one => one.Body.GetRawText()))} "
            + string.Join(',', parameters?.Select(pair => $"{pair.Key}={pair.Value}") ?? []));
}

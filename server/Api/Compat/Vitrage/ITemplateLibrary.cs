using System.Text.Json;
using Ops.Model;
using Ops.Rca.Templates;

namespace Ops.Server.Api.Compat.Vitrage;

/// <summary>A template as Vitrage lists it.</summary>
/// <param name="Id">A UUID, the same for the same name.</param>
/// <param name="Name">Its name.</param>
/// <param name="Status"><c>ACTIVE</c>, <c>ERROR</c> or <c>DELETED</c>.</param>
/// <param name="Details">Why, for people.</param>
/// <param name="Date">When it was added, or its file written.</param>
/// <param name="Type">standard, definition or equivalence.</param>
internal sealed record LibraryTemplate(
    string Id, string Name, string Status, string Details, DateTimeOffset Date, string Type);

/// <summary>A template that a client brings.</summary>
/// <param name="Path">Where the client has it; null where it came as text.</param>
/// <param name="Body">The document.</param>
internal sealed record BroughtTemplate(string? Path, JsonElement Body);

/// <summary>The templates in force: those of the configuration, and those added while running.</summary>
internal interface ITemplateLibrary
{
    /// <summary>All of them, by name.</summary>
    IReadOnlyList<LibraryTemplate> List();

    /// <summary>The document of a template by id or name, or null.</summary>
    ConfigNode? Content(string idOrName);

    /// <summary>Validates templates beside those in force, without adding them.</summary>
    IReadOnlyList<TemplateValidation> Validate(
        IReadOnlyList<BroughtTemplate> templates, IReadOnlyDictionary<string, string>? parameters);

    /// <summary>Adds templates, each by itself; a faulty one is told as such and not added.</summary>
    IReadOnlyList<LibraryTemplate> Add(
        IReadOnlyList<BroughtTemplate> templates, IReadOnlyDictionary<string, string>? parameters, bool overwrite);

    /// <summary>Takes templates away that were added while running.</summary>
    /// <exception cref="FormatException">One is not there, or stands in a file of the configuration.</exception>
    IReadOnlyList<LibraryTemplate> Delete(IReadOnlyList<string> idsOrNames);
}

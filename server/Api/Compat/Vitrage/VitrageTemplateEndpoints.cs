using System.Text.Json;
using Ops.Model;
using Ops.Rca.Templates;
using Ops.Server.Api.Security;

namespace Ops.Server.Api.Compat.Vitrage;

/// <summary>Templates as Vitrage's clients ask for, validate, add and delete them.</summary>
internal static class VitrageTemplateEndpoints
{
    private const int TemplatesMax = 1000;

    /// <summary>Maps <c>template</c> and what lies under it.</summary>
    public static void MapVitrageTemplates(this IEndpointRouteBuilder api)
    {
        api.MapGet("/template", (ITemplateLibrary library) => Rows(library.List()));
        api.MapGet("/template/versions", Versions);
        api.MapGet("/template/{id}", Show);
        api.MapPost("/template", ValidateAsync).WithMetadata(RequiredRole.Reader);
        api.MapPut("/template", AddAsync);
        api.MapDelete("/template", DeleteAsync);
    }

    private static IResult Versions() => Results.Json(new[]
    {
        new Dictionary<string, string> { ["version"] = "v3", ["status"] = "CURRENT" },
        new Dictionary<string, string> { ["version"] = "v2", ["status"] = "SUPPORTED" },
        new Dictionary<string, string> { ["version"] = "v1", ["status"] = "SUPPORTED" },
    });

    private static IResult Show(string id, ITemplateLibrary library) => library.Content(id) is { } node
        ? Results.Json(JsonNodes.Write(node), ApiJson.Options)
        : VitrageFaults.NotFound($"there is no template '{id}'");

    private static async Task<IResult> ValidateAsync(HttpContext context, ITemplateLibrary library)
    {
        var body = await VitrageBody.ReadAsync(context);
        var results = library.Validate(Templates(body), Parameters(body));
        return Results.Json(
            new Dictionary<string, object>
            {
                ["results"] = results.Select(one => new Dictionary<string, object?>
                {
                    ["file path"] = one.File,
                    ["status"] = one.Status,
                    ["description"] = "Template validation",
                    ["message"] = one.Message,
                    ["status code"] = one.Code,
                }),
            },
            ApiJson.Options);
    }

    private static async Task<IResult> AddAsync(HttpContext context, ITemplateLibrary library)
    {
        var body = await VitrageBody.ReadAsync(context);
        return Rows(library.Add(Templates(body), Parameters(body), body.Flag("overwrite")));
    }

    private static async Task<IResult> DeleteAsync(HttpContext context, ITemplateLibrary library)
    {
        var body = await VitrageBody.ReadAsync(context);
        IReadOnlyList<string> ids = body["id"] switch
        {
            { ValueKind: JsonValueKind.String } one => [one.GetString()!],
            { ValueKind: JsonValueKind.Array } all => [.. all.EnumerateArray().Select(one => one.ToString())],
            _ => throw new FormatException("'id' must name a template, or be a list of names"),
        };
        return Rows(library.Delete(ids));
    }

    private static IResult Rows(IReadOnlyList<LibraryTemplate> templates) => Results.Json(
        templates.Select(one => new Dictionary<string, object?>
        {
            ["uuid"] = one.Id,
            ["name"] = one.Name,
            ["status"] = one.Status,
            ["status details"] = one.Details,
            ["date"] = one.Date.ToIso(),
            ["type"] = one.Type,
        }),
        ApiJson.Options);

    /// <summary>Pairs of path and document; the type that a client names is put where the document has none.</summary>
    private static List<BroughtTemplate> Templates(VitrageBody body)
    {
        if (body["templates"] is not { ValueKind: JsonValueKind.Array } pairs
            || pairs.GetArrayLength() is 0 or > TemplatesMax)
        {
            throw new FormatException($"'templates' must be a list of 1 to {TemplatesMax} pairs of path and template");
        }

        var type = body.Text("template_type");
        return [.. pairs.EnumerateArray().Select(pair => Brought(pair, type))];
    }

    private static BroughtTemplate Brought(JsonElement pair, string? type)
    {
        if (pair.ValueKind != JsonValueKind.Array || pair.GetArrayLength() != 2)
        {
            throw new FormatException("each of 'templates' must be a pair of path and template");
        }

        var path = pair[0].ValueKind == JsonValueKind.String ? pair[0].GetString() : null;
        return new BroughtTemplate(path, WithType(pair[1], type));
    }

    private static JsonElement WithType(JsonElement template, string? type)
    {
        if (type is null || template.ValueKind != JsonValueKind.Object
            || !template.TryGetProperty("metadata", out var metadata) || metadata.ValueKind != JsonValueKind.Object
            || metadata.TryGetProperty("type", out _))
        {
            return template;
        }

        var members = metadata.EnumerateObject().ToDictionary(it => it.Name, it => (object)it.Value);
        members["type"] = type;
        var all = template.EnumerateObject().ToDictionary(it => it.Name, it => (object)it.Value);
        all["metadata"] = members;
        return JsonSerializer.SerializeToElement(all);
    }

    private static Dictionary<string, string>? Parameters(VitrageBody body) => body["params"] switch
    {
        null => null,
        { ValueKind: JsonValueKind.Object } values =>
            values.EnumerateObject().ToDictionary(it => it.Name, it => it.Value.ToString(), StringComparer.Ordinal),
        _ => throw new FormatException("'params' must be a mapping of names to values"),
    };
}

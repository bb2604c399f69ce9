using System.Text.Json;

namespace Ops.Collectors.Keystone;

/// <summary>The services of a cloud and where they are: the catalogue that came with the token.</summary>
public sealed class ServiceCatalog
{
    private static readonly string[][] Aliases =
    [
        ["block-storage", "volumev3", "block-store", "volumev2", "volume"],
        ["shared-file-system", "sharev2", "share"],
        ["container-infrastructure-management", "container-infra"],
        ["baremetal", "bare-metal"],
        ["workflow", "workflowv2"],
        ["key-manager", "secret-manager"],
        ["orchestration", "heat"],
        ["load-balancer", "octavia"],
    ];

    private readonly IReadOnlyList<(string Type, string Interface, string Region, string Url)> _endpoints;

    private ServiceCatalog(IReadOnlyList<(string Type, string Interface, string Region, string Url)> endpoints) =>
        _endpoints = endpoints;

    /// <summary>The types that are there.</summary>
    public IReadOnlyList<string> Types => [.. _endpoints.Select(endpoint => endpoint.Type).Distinct()];

    /// <summary>Reads <c>token.catalog</c>; what is not an endpoint is left out.</summary>
    public static ServiceCatalog Read(JsonElement catalog)
    {
        var endpoints = new List<(string, string, string, string)>();
        foreach (var service in Members(catalog))
        {
            foreach (var endpoint in Members(Property(service, "endpoints")))
            {
                if (Text(service, "type") is { } type && Text(endpoint, "url") is { } url)
                {
                    var region = Text(endpoint, "region_id") ?? Text(endpoint, "region") ?? "";
                    endpoints.Add((type, Text(endpoint, "interface") ?? "public", region, url));
                }
            }
        }

        return new ServiceCatalog(endpoints);
    }

    /// <summary>Where a service is, or null; a type stands for its aliases too, the type itself first.</summary>
    public string? Find(string type, string side, string? region)
    {
        var names = Aliases.FirstOrDefault(group => group.Contains(type)) ?? [type];
        foreach (var name in names.OrderBy(name => name == type ? 0 : 1))
        {
            foreach (var endpoint in _endpoints)
            {
                if (endpoint.Type == name && endpoint.Interface == side
                    && (region is null || endpoint.Region == region))
                {
                    return endpoint.Url;
                }
            }
        }

        return null;
    }

    private static IEnumerable<JsonElement> Members(JsonElement list) =>
        list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : [];

    private static JsonElement Property(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var value) ? value : default;

    private static string? Text(JsonElement owner, string name) =>
        Property(owner, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}

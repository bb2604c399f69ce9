using System.Globalization;
using System.Text.Json;

namespace Ops.Collectors.Keystone;

/// <summary>A token with its end and its catalogue.</summary>
internal sealed class KeystoneToken(
    string value, DateTimeOffset expires, ServiceCatalog catalog, string? projectId)
{
    public string Value { get; } = value;

    public DateTimeOffset Expires { get; } = expires;

    public ServiceCatalog Catalog { get; } = catalog;

    public string? ProjectId { get; } = projectId;

    /// <summary>Reads the answer to <c>POST /v3/auth/tokens</c>; null where it is none.</summary>
    public static KeystoneToken? Read(string value, string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind != JsonValueKind.Object
                || !json.RootElement.TryGetProperty("token", out var token)
                || token.ValueKind != JsonValueKind.Object
                || !token.TryGetProperty("expires_at", out var at) || at.ValueKind != JsonValueKind.String
                || !DateTimeOffset.TryParse(
                    at.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var expires))
            {
                return null;
            }

            var catalog = token.TryGetProperty("catalog", out var given) ? given : default;
            var project = token.TryGetProperty("project", out var owner) && owner.ValueKind == JsonValueKind.Object
                && owner.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String
                ? id.GetString() : null;
            return new KeystoneToken(value, expires, ServiceCatalog.Read(catalog), project);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

using System.Text;
using System.Text.Json;

namespace Ops.Integration.Support;

/// <summary>Puts the service users and the catalogue into a fresh Keystone.</summary>
internal sealed class OpenStackSeed(HttpClient http, string url, string token)
{
    /// <summary>A body with its length: the services under uWSGI read no chunks.</summary>
    public static StringContent Json(object body) =>
        new(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");

    public async Task PlantAsync(params (string Name, string Type, string Url)[] services)
    {
        var project = await IdAsync("/projects", new { project = new { name = "service", domain_id = "default" } });
        var roles = await SendAsync(HttpMethod.Get, "/roles?name=admin", null);
        var role = roles.GetProperty("roles")[0].GetProperty("id").GetString();
        foreach (var (name, type, address) in services)
        {
            var user = await IdAsync("/users", new
            {
                user = new { name, password = OpenStackFiles.Password, domain_id = "default" },
            });
            await SendAsync(HttpMethod.Put, $"/projects/{project}/users/{user}/roles/{role}", null);
            var service = await IdAsync("/services", new { service = new { name, type } });
            foreach (var side in new[] { "public", "internal" })
            {
                await IdAsync("/endpoints", new
                {
                    endpoint = new
                    {
                        service_id = service, @interface = side, url = address, region_id = "RegionOne",
                    },
                });
            }
        }
    }

    private async Task<string> IdAsync(string path, object body) =>
        (await SendAsync(HttpMethod.Post, path, body)).EnumerateObject().First().Value.GetProperty("id").GetString()!;

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, url + path);
        request.Headers.Add("X-Auth-Token", token);
        request.Content = body is null ? null : Json(body);
        using var answer = await http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        var text = await answer.Content.ReadAsStringAsync();
        return text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
    }
}

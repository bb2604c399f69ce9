using System.Text;

namespace Ops.Server.Api.Security;

/// <summary>Lets a request pass when its token's role suffices; with no tokens configured everyone passes.</summary>
/// <remarks>
/// A token comes as <c>Authorization: Bearer T</c>, <c>Token T</c> (InfluxDB 2 clients), <c>Basic</c> with T as the
/// password (browsers, InfluxDB 1 clients), or on the InfluxDB addresses as the parameter <c>p</c>.
/// </remarks>
internal sealed class TokenGate
{
    private readonly Dictionary<string, ApiToken> _byHash;

    public TokenGate(IReadOnlyList<ApiToken> tokens) =>
        _byHash = tokens.DistinctBy(token => token.Sha256).ToDictionary(token => token.Sha256, StringComparer.Ordinal);

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var required = Required(context);
        if (_byHash.Count == 0 || required is null)
        {
            await next(context);
            return;
        }

        if (Presented(context.Request) is not { } secret)
        {
            await RefuseAsync(context, "this address asks for a token: send 'Authorization: Bearer TOKEN'");
        }
        else if (!_byHash.TryGetValue(ApiToken.HashOf(secret), out var token))
        {
            await RefuseAsync(context, "the token is not one of those that are configured");
        }
        else if (token.Role < required)
        {
            await Problems.WriteAsync(context, StatusCodes.Status403Forbidden,
                $"the token '{token.Name}' has the role {Word(token.Role)}; this asks for {Word(required.Value)}");
        }
        else
        {
            await next(context);
        }
    }

    private static ApiRole? Required(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<RequiredRole>() is { } stated)
        {
            return stated.Role;
        }

        var method = context.Request.Method;
        return HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method)
            || context.Request.Path.StartsWithSegments("/_blazor")
            ? ApiRole.Reader
            : ApiRole.Operator;
    }

    private static string? Presented(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        var space = header.IndexOf(' ', StringComparison.Ordinal);
        if (space <= 0)
        {
            return InfluxPaths.Include(request.Path) && request.Query["p"].ToString() is { Length: > 0 } p ? p : null;
        }

        var value = header[(space + 1)..].Trim();
        return header[..space].ToLowerInvariant() switch
        {
            "bearer" or "token" => AfterUser(value),
            "basic" => FromBasic(value),
            _ => null,
        };
    }

    /// <summary>InfluxDB 1.8 clients of the v2 API send <c>Token user:password</c>.</summary>
    private static string AfterUser(string value) => value[(value.IndexOf(':', StringComparison.Ordinal) + 1)..];

    private static string? FromBasic(string value)
    {
        var bytes = new byte[value.Length];
        if (!Convert.TryFromBase64String(value, bytes, out var length))
        {
            return null;
        }

        return AfterUser(Encoding.UTF8.GetString(bytes, 0, length));
    }

    private static Task RefuseAsync(HttpContext context, string detail)
    {
        var forPeople = context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal);
        context.Response.Headers.WWWAuthenticate = forPeople ? "Basic realm=\"ops\"" : "Bearer realm=\"ops\"";
        return Problems.WriteAsync(context, StatusCodes.Status401Unauthorized, detail);
    }

    private static string Word(ApiRole role) => role.ToString().ToLowerInvariant();
}

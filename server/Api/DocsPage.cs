using Scalar.AspNetCore;

namespace Ops.Server.Api;

/// <summary>The page that shows the API to people.</summary>
internal static class DocsPage
{
    /// <summary>
    /// What the page may load: its own files alone, so that it works without a network and tells nobody.
    /// </summary>
    private const string OwnFilesOnly = "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
        + "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; "
        + "worker-src 'self' blob:; frame-ancestors 'none'";

    /// <summary>Maps <c>/docs/api</c>.</summary>
    public static void MapDocs(this IEndpointRouteBuilder root) => root
        .MapScalarApiReference("/docs/api", options => options
            .WithTitle("Ops API")
            .DisableDefaultFonts()
            .DisableTelemetry()
            .DisableAgent()
            .DisableMcp())
        .AddEndpointFilter(async (call, next) =>
        {
            call.HttpContext.Response.Headers.ContentSecurityPolicy = OwnFilesOnly;
            return await next(call);
        });
}

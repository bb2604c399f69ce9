namespace Ops.Server.Api;

/// <summary>
/// Makes an endpoint refuse parameters it does not know, so that a misspelt filter is not silently ignored.
/// </summary>
internal static class AllowedParameters
{
    /// <summary>The parameters that the endpoint takes, and no others.</summary>
    public static RouteHandlerBuilder Takes(this RouteHandlerBuilder endpoint, params string[] names) =>
        endpoint.AddEndpointFilter(async (call, next) =>
            QueryParameters.Check(call.HttpContext.Request.Query, names) is { } fault
                ? Problems.Parameter(fault)
                : await next(call));
}

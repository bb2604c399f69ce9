using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace Ops.Server.Api;

/// <summary>Cuts a list to a page: <c>limit</c> (1 to 10 000, default 1000) and <c>offset</c>.</summary>
/// <remarks>The header X-Total-Count tells how many there are, Link rel="next" where the rest is.</remarks>
internal static class Paging
{
    /// <summary>Answers with the page that the request asks for.</summary>
    public static IResult Page<T>(HttpContext context, QueryParameters parameters, IReadOnlyCollection<T> all)
    {
        var limit = parameters.Integer("limit", ApiLimits.PageDefault, 1, ApiLimits.PageMax);
        var offset = parameters.Integer("offset", 0, 0, int.MaxValue);
        if (parameters.Fault is { } fault)
        {
            return Problems.Parameter(fault);
        }

        var headers = context.Response.Headers;
        headers["X-Total-Count"] = all.Count.ToString(CultureInfo.InvariantCulture);
        if ((long)offset + limit < all.Count)
        {
            headers.Link = $"<{Next(context.Request, limit, offset + limit)}>; rel=\"next\"";
        }

        return Results.Json(all.Skip(offset).Take(limit), ApiJson.Options);
    }

    private static string Next(HttpRequest request, int limit, int offset)
    {
        var parameters = request.Query
            .Where(pair => pair.Key is not ("limit" or "offset"))
            .ToDictionary(pair => pair.Key, pair => (string?)pair.Value.ToString());
        parameters["limit"] = limit.ToString(CultureInfo.InvariantCulture);
        parameters["offset"] = offset.ToString(CultureInfo.InvariantCulture);
        return QueryHelpers.AddQueryString(request.PathBase + request.Path, parameters);
    }
}

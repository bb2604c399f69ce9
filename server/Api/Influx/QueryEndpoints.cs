using Microsoft.AspNetCore.Http.Features;
using Ops.Server.Api.Security;

namespace Ops.Server.Api.Influx;

/// <summary>Answers InfluxQL at <c>/query</c>, as InfluxDB 1 does.</summary>
internal static class QueryEndpoints
{
    /// <summary>Maps <c>/query</c>, by GET and by POST of a form.</summary>
    public static void MapQuery(this IEndpointRouteBuilder root) => root
        .MapMethods("/query", ["GET", "HEAD", "POST"], QueryAsync)
        .WithMetadata(RequiredRole.Reader)
        .WithTags("influx")
        .Produces(200)
        .Produces(400)
        .WithSummary("Answers InfluxQL: q, db, epoch (ns, u, ms, s, m, h), pretty; in the address or a form");

    private static async Task QueryAsync(
        HttpContext context, IInfluxQlAnswers answers, string? q, string? db, string? epoch, string? pretty)
    {
        InfluxReplies.Sign(context.Response);
        IFormCollection? form;
        try
        {
            form = await FormAsync(context);
        }
        catch (Exception fault) when (fault is InvalidDataException or BadHttpRequestException)
        {
            var status = (fault as BadHttpRequestException)?.StatusCode ?? 400;
            await InfluxReplies.ErrorAsync(context, status, fault.Message);
            return;
        }

        string? Value(string name) => form?[name].ToString() is { Length: > 0 } posted ? posted
            : context.Request.Query[name].ToString() is { Length: > 0 } asked ? asked : null;

        if (Value("q") is not { } query)
        {
            await InfluxReplies.ErrorAsync(context, 400, "missing required parameter \"q\"");
            return;
        }

        if (query.Length > ApiLimits.QueryCharsMax)
        {
            await InfluxReplies.ErrorAsync(context, 400,
                $"the query is {query.Length} characters long; at most {ApiLimits.QueryCharsMax} are allowed");
            return;
        }

        var request = new InfluxQlRequest(
            query, Value("db") ?? Value("bucket"), Value("epoch"), Value("pretty") is "true" or "1");
        var answer = await answers.AnswerAsync(request, context.RequestAborted);
        context.Response.StatusCode = answer.StatusCode;
        context.Response.ContentType = "application/json";
        if (answer.Error is not null)
        {
            context.Response.Headers["X-Influxdb-Error"] = InfluxReplies.HeaderText(answer.Error);
        }

        context.Response.ContentLength = answer.Json.Length;
        await context.Response.Body.WriteAsync(answer.Json, context.RequestAborted);
    }

    private static async Task<IFormCollection?> FormAsync(HttpContext context)
    {
        var request = context.Request;
        if (!request.HasFormContentType)
        {
            return null;
        }

        if (request.ContentLength > ApiLimits.FormBytesMax)
        {
            throw BoundedStream.TooLarge(ApiLimits.FormBytesMax);
        }

        request.Body = new BoundedStream(request.Body, ApiLimits.FormBytesMax);
        var options = new FormOptions
        {
            ValueLengthLimit = ApiLimits.FormBytesMax,
            BufferBodyLengthLimit = ApiLimits.FormBytesMax,
        };
        return await new FormFeature(request, options).ReadFormAsync(context.RequestAborted);
    }
}

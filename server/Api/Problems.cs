using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace Ops.Server.Api;

/// <summary>Writes errors as RFC 9457 problem details.</summary>
internal static class Problems
{
    /// <summary>The media type of a problem.</summary>
    public const string MediaType = "application/problem+json";

    /// <summary>A problem with that status and detail, and further members beside them.</summary>
    public static ProblemDetails Of(int status, string detail, params (string Name, object? Value)[] more)
    {
        var problem = new ProblemDetails
        {
            Type = "about:blank",
            Status = status,
            Title = status == 421 ? "Misdirected Request" : ReasonPhrases.GetReasonPhrase(status),
            Detail = detail,
        };
        foreach (var (name, value) in more)
        {
            problem.Extensions[name] = value;
        }

        return problem;
    }

    /// <summary>The same as the answer of an endpoint.</summary>
    public static IResult Result(int status, string detail, params (string Name, object? Value)[] more) =>
        Results.Json(Of(status, detail, more), ApiJson.Options, MediaType, status);

    /// <summary>A faulty parameter of the address.</summary>
    public static IResult Parameter(ParameterFault fault) =>
        Result(StatusCodes.Status400BadRequest, fault.Message, ("parameter", fault.Name));

    /// <summary>Something that is asked for by id and is not there.</summary>
    public static IResult NotFound(string detail) => Result(StatusCodes.Status404NotFound, detail);

    /// <summary>Writes it, unless the answer has begun.</summary>
    public static async Task WriteAsync(HttpContext context, int status, string detail)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = status;
        context.Response.ContentLength = null;
        context.Response.ContentType = MediaType;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            var bytes = JsonSerializer.SerializeToUtf8Bytes(Of(status, detail), ApiJson.Options);
            context.Response.ContentLength = bytes.Length;
            await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
        }
    }
}

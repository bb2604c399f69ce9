using Ops.Storage;

namespace Ops.Server.Api;

/// <summary>
/// Gives every error of the API a body: what endpoints threw, and what routing answered with a bare status.
/// </summary>
internal sealed class ProblemGate(ILogger<ProblemGate> logger)
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        catch (BadHttpRequestException fault)
        {
            await Problems.WriteAsync(context, fault.StatusCode, fault.Message);
            return;
        }
        catch (QueryLimitException fault)
        {
            await Problems.WriteAsync(context, StatusCodes.Status400BadRequest, fault.Message);
            return;
        }
        catch (TimeoutException fault)
        {
            await Problems.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, fault.Message);
            return;
        }
        catch (Exception fault) when (IsApi(context.Request))
        {
            Log.RequestFailed(logger, fault, context.Request.Method, context.Request.Path);
            await Problems.WriteAsync(context, StatusCodes.Status500InternalServerError,
                $"this is a fault of the server; its log says more under trace {context.TraceIdentifier}");
            return;
        }

        var response = context.Response;
        if (response.StatusCode >= 400 && !response.HasStarted && response.ContentType is null
            && response.ContentLength is null or 0 && IsApi(context.Request))
        {
            await Problems.WriteAsync(context, response.StatusCode, Detail(context));
        }
    }

    /// <summary>Pages for people answer for themselves.</summary>
    private static bool IsApi(HttpRequest request) =>
        request.Path.StartsWithSegments("/api") || InfluxPaths.Include(request.Path)
        || !request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal);

    private static string Detail(HttpContext context)
    {
        var request = context.Request;
        return context.Response.StatusCode switch
        {
            404 => $"there is nothing at {request.Path}; /openapi/v1.json lists what there is",
            405 => $"{request.Method} is not allowed at {request.Path}; allowed: {context.Response.Headers.Allow}",
            415 => $"{request.Path} does not take '{request.ContentType}'",
            var status => Problems.Of(status, "").Title!,
        };
    }
}

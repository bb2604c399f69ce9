using System.Text;
using System.Text.Json;
using Ops.Model;

namespace Ops.Server.Api.Live;

/// <summary>What happens, as a stream of server-sent events.</summary>
internal static class LiveEndpoints
{
    /// <summary>Maps <c>/events</c>.</summary>
    public static void MapLive(this IEndpointRouteBuilder api) => api.MapGet("/events", StreamAsync)
        .Takes()
        .Produces(200, contentType: "text/event-stream")
        .ProducesProblem(503)
        .WithSummary("What happens from now on, as server-sent events; a comment every 15 s keeps the line open");

    private static async Task StreamAsync(
        HttpContext context, IOpsView view, TimeProvider time, LiveStreams streams, IHostApplicationLifetime lifetime)
    {
        if (!streams.TryEnter())
        {
            context.Response.Headers.RetryAfter = "10";
            await Problems.WriteAsync(context, StatusCodes.Status503ServiceUnavailable,
                $"{ApiLimits.LiveStreamsMax} live streams are open, which is the most there may be");
            return;
        }

        using var end = CancellationTokenSource.CreateLinkedTokenSource(
            context.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            context.Response.ContentType = "text/event-stream";
            context.Response.Headers.CacheControl = "no-store";
            context.Response.Headers["X-Accel-Buffering"] = "no";
            await SendAsync(context, "retry: 3000\n: this stream tells what happens from now on\n\n", end.Token);
            await PumpAsync(context, view, time, end);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The client went, or the program stops.
        }
        finally
        {
            streams.Leave();
        }
    }

    private static async Task PumpAsync(
        HttpContext context, IOpsView view, TimeProvider time, CancellationTokenSource end)
    {
        var cancellationToken = end.Token;
        var events = view.LiveAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        var next = events.MoveNextAsync().AsTask();
        try
        {
            while (true)
            {
                using var quiet = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                var heartbeat = Task.Delay(ApiLimits.Heartbeat, time, quiet.Token);
                if (await Task.WhenAny(next, heartbeat) != next)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    await SendAsync(context, ": heartbeat\n\n", cancellationToken);
                    continue;
                }

                await quiet.CancelAsync();
                if (!await next)
                {
                    return;
                }

                await SendAsync(context, Text(events.Current), cancellationToken);
                next = events.MoveNextAsync().AsTask();
            }
        }
        finally
        {
            await end.CancelAsync();
            await next.ContinueWith(static _ => { }, TaskScheduler.Default);
            await events.DisposeAsync();
        }
    }

    private static string Text(LiveEvent happened) =>
        $"event: {happened.Kind}\ndata: {JsonSerializer.Serialize(happened, ApiJson.Options)}\n\n";

    private static async Task SendAsync(HttpContext context, string text, CancellationToken cancellationToken)
    {
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
        await context.Response.Body.FlushAsync(cancellationToken);
    }
}

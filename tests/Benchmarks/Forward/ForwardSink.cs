using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ops.Benchmarks.Forward;

/// <summary>Takes whatever is posted and counts the lines of what goes to <c>/write</c>.</summary>
public sealed class ForwardSink : IAsyncDisposable
{
    private readonly WebApplication _server;
    private long _lines;

    private ForwardSink(WebApplication server) => _server = server;

    public string Place => new Uri(_server.Urls.First()).Authority;

    public long Lines => Interlocked.Read(ref _lines);

    public static async Task<ForwardSink> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var sink = new ForwardSink(builder.Build());
        sink._server.Run(sink.TakeAsync);
        await sink._server.StartAsync();
        return sink;
    }

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        var isLines = context.Request.Path == "/write";
        var buffer = new byte[64 << 10];
        int read;
        while ((read = await context.Request.Body.ReadAsync(buffer)) > 0)
        {
            if (isLines)
            {
                Interlocked.Add(ref _lines, buffer.AsSpan(0, read).Count((byte)'\n'));
            }
        }

        context.Response.StatusCode = 204;
    }
}

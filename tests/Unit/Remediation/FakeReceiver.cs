using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ops.Unit.Remediation;

/// <summary>A webhook receiver on loopback that answers as it is told.</summary>
internal sealed class FakeReceiver : IAsyncDisposable
{
    private readonly WebApplication _server;

    private FakeReceiver(WebApplication server) => _server = server;

    /// <summary>What came, in order.</summary>
    public ConcurrentQueue<(IHeaderDictionary Headers, byte[] Body)> Received { get; } = new();

    /// <summary>How to answer the n-th request, from 0; default 200.</summary>
    public Func<int, HttpContext, Task> Answer { get; set; } = (_, _) => Task.CompletedTask;

    public Uri Url => new(_server.Urls.Single() + "/hook");

    public static async Task<FakeReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = builder.Build();
        var receiver = new FakeReceiver(server);
        server.MapPost("/hook", receiver.TakeAsync);
        await server.StartAsync();
        return receiver;
    }

    /// <summary>Waits, at most twenty seconds, until so many requests came.</summary>
    public async Task WaitAsync(int count)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (Received.Count < count)
        {
            await Task.Delay(5, limit.Token);
        }
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        int number;
        lock (Received)
        {
            number = Received.Count;
            Received.Enqueue((new HeaderDictionary(context.Request.Headers.ToDictionary()), body.ToArray()));
        }

        await Answer(number, context);
    }
}

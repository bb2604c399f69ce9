using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;

namespace Ops.Integration.Support;

/// <summary>A real HTTP server on loopback that keeps the bodies it is sent.</summary>
public sealed class WebhookReceiver : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<JsonElement> _bodies = new();
    private readonly Task _loop;

    public WebhookReceiver(int port)
    {
        Url = $"http://127.0.0.1:{port}/hook/";
        _listener.Prefixes.Add(Url);
        _listener.Start();
        _loop = Task.Run(ReceiveAsync);
    }

    public string Url { get; }

    public IReadOnlyCollection<JsonElement> Bodies => _bodies;

    public void Dispose()
    {
        _listener.Close();
        _loop.Wait(TimeSpan.FromSeconds(5));
    }

    private async Task ReceiveAsync()
    {
        while (true)
        {
            HttpListenerContext call;
            try
            {
                call = await _listener.GetContextAsync();
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            using var body = await JsonDocument.ParseAsync(call.Request.InputStream);
            _bodies.Enqueue(body.RootElement.Clone());
            call.Response.StatusCode = 204;
            call.Response.Close();
        }
    }
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ops.Unit.Pipeline.Publishers;

/// <summary>A real HTTP server on the loopback address that keeps requests and answers as it is told.</summary>
internal sealed class FakeReceiver : IAsyncDisposable
{
    private readonly WebApplication _server;

    private FakeReceiver(WebApplication server) => _server = server;

    public List<FakeRequest> Requests { get; } = [];

    /// <summary>What it answers next; 204 when there is nothing.</summary>
    public Queue<FakeAnswer> Answers { get; } = [];

    /// <summary>Answers by the request, where set; goes before <see cref="Answers"/>.</summary>
    public Func<FakeRequest, FakeAnswer>? Judge { get; set; }

    public string Place => new Uri(_server.Urls.First()).Authority;

    public static async Task<FakeReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new FakeReceiver(builder.Build());
        receiver._server.Run(receiver.AnswerAsync);
        await receiver._server.StartAsync();
        return receiver;
    }

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var request = new FakeRequest(
            context.Request.Path + context.Request.QueryString, body.ToArray(),
            context.Request.Headers.ToDictionary(pair => pair.Key, pair => pair.Value.ToString()));
        Requests.Add(request);
        var answer = Judge?.Invoke(request) ?? (Answers.TryDequeue(out var next) ? next : new FakeAnswer(204));
        context.Response.StatusCode = answer.Status;
        if (answer.RetryAfter is { } wait)
        {
            context.Response.Headers.RetryAfter = wait;
        }

        if (answer.Body.Length > 0)
        {
            await context.Response.Body.WriteAsync(answer.Body);
        }
    }
}

internal sealed record FakeRequest(string Target, byte[] Body, IReadOnlyDictionary<string, string> Headers)
{
    public string Text => System.Text.Encoding.UTF8.GetString(Body);
}

internal sealed record FakeAnswer(int Status, byte[] Body, string? RetryAfter = null)
{
    public FakeAnswer(int status, string body = "", string? retryAfter = null)
        : this(status, System.Text.Encoding.UTF8.GetBytes(body), retryAfter)
    {
    }
}

using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Ops.Collectors.Hooks;
using Ops.Collectors.Otlp;
using Ops.Collectors.RemoteWrite;
using Ops.Server.Api;
using Ops.Server.Api.Hooks;
using Ops.Server.Api.Otlp;
using Ops.Server.Api.RemoteWrite;
using Ops.Server.Api.Security;
using Ops.Unit.Collectors.Wire;

namespace Ops.Unit.Server.Api;

/// <summary>The receivers' endpoints in process, over sinks that keep what they are given.</summary>
internal sealed class ReceiverHost : IAsyncDisposable
{
    public const string Token = "s3cret-token";

    private readonly WebApplication _app;

    private ReceiverHost(WebApplication app) => _app = app;

    public SomeOutlets Outlets { get; private init; } = null!;

    public HttpClient Client => _app.GetTestClient();

    public static async Task<ReceiverHost> StartAsync(ApiRole? role = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        var outlets = new SomeOutlets();
        ApiToken[] tokens = role is { } given ? [new ApiToken("t", ApiToken.HashOf(Token), given)] : [];
        builder.Services.AddSingleton(outlets.Catalog)
            .AddOpsApi(new SecurityOptions([ListenAddress.Usual], [], tokens));
        var app = builder.Build();
        app.UseOpsApi();
        app.MapOtlp(new OtlpReceiver(new OtlpOptions(), outlets.Outlets))
            .MapRemoteWrite(new RemoteWriteReceiver(outlets.Outlets))
            .MapHooks(new HookReceiver(
                [new HookConfig("nagios", HookFormat.Nagios, null, [])], outlets.Outlets));
        await app.StartAsync();
        return new ReceiverHost(app) { Outlets = outlets };
    }

    public async Task<HttpResponseMessage> PostAsync(
        string path, byte[] body, string type, string? encoding = null, Version? version = null, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new ByteArrayContent(body), Version = version ?? new Version(1, 1),
        };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        if (encoding is not null)
        {
            request.Content.Headers.ContentEncoding.Add(encoding);
        }

        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return await Client.SendAsync(request);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

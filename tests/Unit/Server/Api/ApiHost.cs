using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Ops.Model;
using Ops.Server.Api;
using Ops.Server.Api.Compat.Vitrage;
using Ops.Server.Api.Influx;
using Ops.Server.Api.Security;
using Ops.Unit.Server.Api.Compat;

namespace Ops.Unit.Server.Api;

/// <summary>The HTTP side in process, over fakes.</summary>
internal sealed class ApiHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ApiHost(WebApplication app, FakeAlarmSink alarms, FakeTemplateLibrary library) =>
        (_app, Alarms, Library) = (app, alarms, library);

    public FakeOpsView View { get; private init; } = null!;

    public FakeSink Sink { get; private init; } = null!;

    public FakeLineProtocol Lines { get; private init; } = null!;

    public FakeInfluxQl InfluxQl { get; private init; } = null!;

    public FakeAlarmSink Alarms { get; }

    public FakeTemplateLibrary Library { get; }

    public SeriesCatalog Catalog { get; private init; } = null!;

    public FakeTimeProvider Time { get; private init; } = null!;

    public HttpClient Client { get; private init; } = null!;

    public HttpMessageHandler Handler => _app.GetTestServer().CreateHandler();

    public static async Task<ApiHost> StartAsync(
        IReadOnlyList<ApiToken>? tokens = null, IReadOnlyList<string>? hosts = null,
        string listen = "http://127.0.0.1:8080", bool onSocket = false)
    {
        var builder = WebApplication.CreateSlimBuilder();
        if (onSocket)
        {
            builder.WebHost.UseUrls("http://127.0.0.1:0");
        }
        else
        {
            builder.WebHost.UseTestServer();
        }

        builder.Logging.ClearProviders();
        var (view, sink, lines, influxQl) = (new FakeOpsView(), new FakeSink(), new FakeLineProtocol(),
            new FakeInfluxQl());
        var (catalog, time) = (new SeriesCatalog(), new FakeTimeProvider(FakeOpsView.Noon));
        var (alarms, library) = (new FakeAlarmSink(), new FakeTemplateLibrary());
        builder.Services
            .AddSingleton<IAlarmSink>(alarms)
            .AddSingleton<ITemplateLibrary>(library)
            .AddSingleton<IOpsView>(view)
            .AddSingleton<ISampleSink>(sink)
            .AddSingleton<ILineProtocolIngest>(lines)
            .AddSingleton<IInfluxQlAnswers>(influxQl)
            .AddSingleton(catalog)
            .AddSingleton<TimeProvider>(time)
            .AddOpsApi(new SecurityOptions(ListenAddress.ParseAll(listen, out _), hosts ?? [], tokens ?? []));
        var app = builder.Build();
        app.UseOpsApi();
        app.MapOpsApi();
        await app.StartAsync();
        return new ApiHost(app, alarms, library)
        {
            View = view,
            Sink = sink,
            Lines = lines,
            InfluxQl = influxQl,
            Catalog = catalog,
            Time = time,
            Client = onSocket ? new HttpClient { BaseAddress = new Uri(app.Urls.First()) } : app.GetTestClient(),
        };
    }

    public async Task<(int Status, string Body)> GetAsync(string path)
    {
        using var answer = await Client.GetAsync(path);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public Task<HttpResponseMessage> PostAsync(string path, string body, string type = "application/json") =>
        Client.PostAsync(path, Body(Encoding.UTF8.GetBytes(body), type));

    public Task<HttpResponseMessage> PostAsync(string path, byte[] body, string type, string? encoding = null)
    {
        var content = Body(body, type);
        if (encoding is not null)
        {
            content.Headers.ContentEncoding.Add(encoding);
        }

        return Client.PostAsync(path, content);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }

    private static ByteArrayContent Body(byte[] body, string type)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = type.Length == 0 ? null : MediaTypeHeaderValue.Parse(type);
        return content;
    }
}

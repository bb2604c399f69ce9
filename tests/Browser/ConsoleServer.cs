using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Ops.Console;
using Ops.Model;

namespace Ops.Browser;

/// <summary>The console over a fake view on a free loopback port, in this process.</summary>
internal sealed class ConsoleServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ConsoleServer(WebApplication app, FakeOpsView view)
    {
        _app = app;
        View = view;
    }

    public FakeOpsView View { get; }

    public string Url => _app.Urls.First();

    public static async Task<ConsoleServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        var view = new FakeOpsView(TimeProvider.System);
        builder.Services.AddSingleton<IOpsView>(view);
        builder.Services.AddOpsConsole();
        var app = builder.Build();
        app.MapOpsConsole();
        await app.StartAsync();
        return new ConsoleServer(app, view);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

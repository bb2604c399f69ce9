using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging.Console;
using Ops.Collectors.InfluxLine;
using Ops.Console;
using Ops.Model;
using Ops.Server.Api;
using Ops.Server.Api.Compat.Vitrage;
using Ops.Server.Api.Hooks;
using Ops.Server.Api.Influx;
using Ops.Server.Api.Otlp;
using Ops.Server.Api.RemoteWrite;
using Ops.Server.Api.Security;
using Ops.Server.Cli;
using Ops.Server.Config;

namespace Ops.Server.Wiring;

/// <summary>A server as a whole: its rooms, its HTTP side, and the order in which they start and stop.</summary>
internal sealed class OpsServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly RoomTasks _tasks;
    private readonly Terminal _terminal;

    private OpsServer(WebApplication app, RoomTasks tasks, Terminal terminal) =>
        (_app, _tasks, _terminal) = (app, tasks, terminal);

    /// <summary>Where the HTTP side really listens.</summary>
    public IReadOnlyCollection<string> Addresses => [.. _app.Urls];

    /// <summary>Opens the data, builds the rooms and starts everything.</summary>
    /// <exception cref="Storage.StoreException">The data folder cannot be used.</exception>
    /// <exception cref="IOException">The address cannot be listened on.</exception>
    public static async Task<OpsServer> StartAsync(
        StartConfiguration start, Terminal terminal, CancellationToken cancellationToken)
    {
        var live = new LiveHub();
        var builder = Builder(start.Options);
        var log = new RoomLog();
        var rooms = await RoomBuilder.BuildAsync(start, live, TimeProvider.System, log, cancellationToken);
        var tasks = new RoomTasks(rooms, start.Folder, log);
        try
        {
            AddServices(builder.Services, start.Options, rooms, live);
            var app = builder.Build();
            log.Open(app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("ops"));
            app.UseOpsApi();
            app.MapOpsApi();
            app.MapOtlp(rooms.Collectors.Otlp);
            app.MapRemoteWrite(rooms.Collectors.RemoteWrite);
            app.MapHooks(rooms.Collectors.Hooks);
            app.MapOpsConsole();
            tasks.Start();
            await app.StartAsync(cancellationToken);
            var server = new OpsServer(app, tasks, terminal);
            server.Greet(start, rooms);
            return server;
        }
        catch
        {
            await tasks.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits for Ctrl-C, SIGTERM or the token.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await _app.WaitForShutdownAsync(cancellationToken);
        _terminal.Output.WriteLine("stopping");
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _tasks.DisposeAsync();
        _terminal.Output.WriteLine("stopped; all data is on disk");
    }

    private static WebApplicationBuilder Builder(OpsOptions options)
    {
        var builder = WebApplication.CreateEmptyBuilder(
            new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.UseOtlpGrpc(options.GrpcListen);
        });
        builder.WebHost.UseUrls([.. options.Addresses.Select(address => address.ToString())]);
        builder.Services.AddRoutingCore();
        builder.Logging.SetMinimumLevel(options.Log.Level)
            .AddFilter("Microsoft", LogLevel.Warning)
            .AddFilter("System", LogLevel.Warning)
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error)
            // A start that fails is thrown, too, and said by ServeRun in one sentence.
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical)
            .AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.TimestampFormat = "yyyy-MM-dd HH:mm:ss ";
                console.ColorBehavior = LoggerColorBehavior.Disabled;
            });
        builder.Services.Configure<ConsoleLoggerOptions>(
            console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
        return builder;
    }

    private static void AddServices(IServiceCollection services, OpsOptions options, Rooms rooms, LiveHub live)
    {
        var status = new StatusReader(rooms, TimeProvider.System, ProgramVersion.Text);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<IOpsView>(new OpsView(rooms, live, status));
        services.AddSingleton<ISampleSink>(rooms.Pipeline);
        services.AddSingleton<IAlarmSink>(rooms.Rca);
        services.AddSingleton<ITemplateLibrary>(rooms.Templates);
        services.AddSingleton(rooms.Catalog);
        services.AddSingleton<ILineProtocolIngest>(
            new LineProtocolIngest(new LineProtocolReader(rooms.Catalog, TimeProvider.System), rooms.Pipeline));
        services.AddSingleton<IInfluxQlAnswers>(_ => new InfluxQlTurns(
            new InfluxQlAnswers(rooms.Store.InfluxQl),
            TimeProvider.System,
            Math.Clamp(Environment.ProcessorCount, 2, 8)));
        services.AddOpsApi(new SecurityOptions(options.Addresses, options.Hosts, options.Auth.Tokens));
        services.AddDataProtection()
            .SetApplicationName("ops")
            .PersistKeysToFileSystem(Directory.CreateDirectory(Path.Combine(rooms.Store.Folder, "keys")));
        services.AddOpsConsole();
    }

    private void Greet(StartConfiguration start, Rooms rooms)
    {
        var address = Addresses.FirstOrDefault() ?? "";
        _terminal.Output.WriteLine($"ops {ProgramVersion.Text}");
        _terminal.Output.WriteLine($"  console    {address}");
        _terminal.Output.WriteLine(rooms.Machine is { } machine
            ? $"  observes   this machine, {machine.MachineName}, "
            + $"every {start.Options.Machine.Interval.TotalSeconds:0} s"
            : "  observes   what is sent to it (machine.enabled is false)");
        _terminal.Output.WriteLine($"  data       {rooms.Store.Folder}");
        _terminal.Output.WriteLine($"  config     {start.Folder.UserFolder ?? "built in"}");
        _terminal.Output.WriteLine("Ctrl-C stops it.");
    }
}

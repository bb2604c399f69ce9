using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Ops.Collectors;
using Ops.Collectors.Hooks;
using Ops.Collectors.Otlp;
using Ops.Collectors.RemoteWrite;
using Ops.Integration.Support;
using Ops.Model;
using Ops.Server.Api;
using Ops.Server.Api.Hooks;
using Ops.Server.Api.Otlp;
using Ops.Server.Api.RemoteWrite;
using Ops.Server.Api.Security;

namespace Ops.Integration.Receivers;

/// <summary>
/// The receivers behind a real Kestrel with the gates of the program, over sinks that keep everything.
/// </summary>
public sealed class ReceiverServer : ISampleSink, IObservationSink, IEventSink, IAlarmSink, IAsyncDisposable
{
    private readonly WebApplication _app;

    public ReceiverServer(IReadOnlyList<HookConfig>? hooks = null)
    {
        Outlets = new CollectorOutlets(
            new SeriesCatalog(), this, this, this, this, TimeProvider.System, Reports.Enqueue);
        Otlp = new OtlpReceiver(new OtlpOptions(), Outlets);
        RemoteWrite = new RemoteWriteReceiver(Outlets);
        Hooks = new HookReceiver(hooks ?? [], Outlets);
        var listen = ListenAddress.ParseAll(
            $"http://127.0.0.1:{LoopbackPort.Free()},http://127.0.0.1:{LoopbackPort.Free()}", out _);
        (Url, GrpcUrl) = (listen[0].ToString(), listen[1].ToString());
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(Url, GrpcUrl).ConfigureKestrel(kestrel => kestrel.UseOtlpGrpc(listen[1]));
        builder.Services.AddSingleton(Outlets.Catalog).AddOpsApi(new SecurityOptions(listen, [], []));
        _app = builder.Build();
        _app.UseOpsApi();
        _app.MapOtlp(Otlp).MapRemoteWrite(RemoteWrite).MapHooks(Hooks);
        _app.MapGet("/exposition", () => IsExposed ? Results.Text(Exposition) : Results.StatusCode(500));
    }

    public string Url { get; }

    public string GrpcUrl { get; }

    /// <summary>Whether the server has something to scrape.</summary>
    public bool IsExposed { get; set; } = true;

    public CollectorOutlets Outlets { get; }

    public OtlpReceiver Otlp { get; }

    public RemoteWriteReceiver RemoteWrite { get; }

    public HookReceiver Hooks { get; }

    public ConcurrentQueue<Sample> Samples { get; } = [];

    public ConcurrentQueue<Observation> Observations { get; } = [];

    public ConcurrentQueue<Event> Events { get; } = [];

    public ConcurrentQueue<AlarmTransition> Alarms { get; } = [];

    public ConcurrentQueue<string> Reports { get; } = [];

    private static string Exposition => """
        # TYPE shop_orders_total counter
        shop_orders_total{region="eu"} 7
        # TYPE shop_stock gauge
        shop_stock{region="eu"} 12.5
        # TYPE shop_wait histogram
        shop_wait_bucket{le="1"} 2
        shop_wait_bucket{le="+Inf"} 3
        shop_wait_sum 4.5
        shop_wait_count 3

        """;

    public Task StartAsync() => _app.StartAsync();

    /// <summary>The newest sample of a meter, or null.</summary>
    public Sample? Newest(string meter) =>
        Samples.LastOrDefault(sample => sample.Series.Meter == meter) is { Series: not null } found ? found : null;

    public ValueTask AcceptAsync(SampleBatch batch, CancellationToken cancellationToken)
    {
        foreach (var sample in batch.Items)
        {
            Samples.Enqueue(sample);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask AcceptAsync(IReadOnlyList<Observation> observations, CancellationToken cancellationToken) =>
        Keep(Observations, observations);

    public ValueTask AcceptAsync(IReadOnlyList<Event> events, CancellationToken cancellationToken) =>
        Keep(Events, events);

    public ValueTask AcceptAsync(IReadOnlyList<AlarmTransition> transitions, CancellationToken cancellationToken) =>
        Keep(Alarms, transitions);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static ValueTask Keep<T>(ConcurrentQueue<T> kept, IReadOnlyList<T> items)
    {
        foreach (var item in items)
        {
            kept.Enqueue(item);
        }

        return ValueTask.CompletedTask;
    }
}

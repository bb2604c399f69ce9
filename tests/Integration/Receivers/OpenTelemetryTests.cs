using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using Ops.Model;

namespace Ops.Integration.Receivers;

/// <summary>The exporter of the OpenTelemetry project sends over HTTP and over gRPC.</summary>
public sealed class OpenTelemetryTests
{
    [Theory]
    [InlineData(OtlpExportProtocol.HttpProtobuf)]
    [InlineData(OtlpExportProtocol.Grpc)]
    public async Task Metrics_of_the_exporter_become_samples(OtlpExportProtocol protocol)
    {
        await using var server = new ReceiverServer();
        await server.StartAsync();
        using var meter = new Meter($"shop.{protocol}", "1.0");
        var orders = meter.CreateCounter<long>("orders", "{order}");
        var wait = meter.CreateHistogram<double>("wait", "s");
        meter.CreateObservableGauge("stock", () => new Measurement<double>(12.5, KeyValuePair.Create<string, object?>(
            "region", "eu")));
        var pending = meter.CreateUpDownCounter<long>("pending");
        using var provider = Sdk.CreateMeterProviderBuilder()
            .AddMeter(meter.Name)
            .ConfigureResource(Shop)
            .AddOtlpExporter(options => Aim(options, server, protocol, "/v1/metrics"))
            .Build();
        orders.Add(3, KeyValuePair.Create<string, object?>("region", "eu"));
        orders.Add(4, KeyValuePair.Create<string, object?>("region", "eu"));
        wait.Record(0.02);
        wait.Record(7);
        pending.Add(-2);
        Assert.True(provider!.ForceFlush(20_000), string.Join('\n', server.Reports));

        var counted = server.Newest("orders")!.Value;
        Assert.Equal((7.0, MeterKind.Cumulative, "{order}"),
            (counted.Volume, counted.Context.Kind, counted.Context.Unit));
        Assert.Equal(("i-1", "eu", meter.Name), (counted.Series.ResourceId, counted.Series.Dimensions["region"],
            counted.Series.Dimensions["otel.scope.name"]));
        Assert.Equal(12.5, server.Newest("stock")!.Value.Volume);
        Assert.Equal((-2.0, MeterKind.Gauge),
            (server.Newest("pending")!.Value.Volume, server.Newest("pending")!.Value.Context.Kind));
        Assert.Equal(2, server.Newest("wait.count")!.Value.Volume);
        Assert.Equal(7.02, server.Newest("wait.sum")!.Value.Volume, 6);
        var bucket = server.Samples.Single(
            sample => sample.Series.Meter == "wait.bucket" && sample.Series.Dimensions["le"] == "5");
        Assert.Equal(1, bucket.Volume);
        var service = Assert.Single(server.Observations);
        Assert.Equal(new EntityRef("otel.service", "i-1"), service.Entity);
        Assert.Contains(", 0 rejected, 0 requests malformed", server.Otlp.Status().Detail);
    }

    [Theory]
    [InlineData(OtlpExportProtocol.HttpProtobuf)]
    [InlineData(OtlpExportProtocol.Grpc)]
    public async Task Log_records_of_the_exporter_become_events(OtlpExportProtocol protocol)
    {
        await using var server = new ReceiverServer();
        await server.StartAsync();
        using (var logging = LoggerFactory.Create(builder => builder.AddOpenTelemetry(log =>
               {
                   log.IncludeFormattedMessage = true;
                   log.SetResourceBuilder(ResourceBuilder.CreateEmpty().AddService("shop", serviceInstanceId: "i-1"));
                   log.AddOtlpExporter(options => Aim(options, server, protocol, "/v1/logs"));
               })))
        {
            logging.CreateLogger("shop.orders").LogWarning("order {Id} is late", 17);
        }

        var one = Assert.Single(server.Events);
        Assert.Equal("log.warn", one.Type);
        Assert.Contains(new EventTrait("body", TraitType.Text, "order 17 is late"), one.Traits);
        Assert.Contains(new EventTrait("Id", TraitType.Integer, "17"), one.Traits);
        Assert.Contains(new EventTrait("resource_id", TraitType.Text, "i-1"), one.Traits);
    }

    private static void Shop(ResourceBuilder resource) =>
        resource.AddService("shop", serviceVersion: "2.0", serviceInstanceId: "i-1");

    private static void Aim(
        OtlpExporterOptions options, ReceiverServer server, OtlpExportProtocol protocol, string path)
    {
        options.Protocol = protocol;
        options.Endpoint = new Uri(protocol == OtlpExportProtocol.Grpc ? server.GrpcUrl : server.Url + path);
    }
}

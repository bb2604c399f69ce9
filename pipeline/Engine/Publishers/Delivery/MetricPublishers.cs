using Ops.Pipeline.Publishers.Influx;
using Ops.Pipeline.Publishers.Kafka;
using Ops.Pipeline.Publishers.Otlp;
using Ops.Pipeline.Publishers.Prometheus;

namespace Ops.Pipeline.Publishers.Delivery;

/// <summary>The publishers to metric stores and to Kafka, for a catalogue.</summary>
public static class MetricPublishers
{
    /// <summary>The schemes that <see cref="WithMetrics"/> adds.</summary>
    public static readonly IReadOnlyCollection<string> Schemes =
        ["influxdb", "prometheus", "opentelemetryhttp", "kafka"];

    /// <summary>Adds <c>influxdb://</c>, <c>prometheus://</c>, <c>opentelemetryhttp://</c> and
    /// <c>kafka://</c>.</summary>
    /// <param name="catalog">The catalogue to add them to.</param>
    /// <param name="options">Clock and warnings.</param>
    public static PublisherCatalog WithMetrics(this PublisherCatalog catalog, PublisherCatalogOptions options) =>
        catalog
            .WithQueued("influxdb", address => new InfluxTarget(InfluxTargetOptions.From(address), options.Time))
            .WithQueued("prometheus", address => PrometheusTargetOptions.From(address).Open(options.Time))
            .WithQueued(
                "opentelemetryhttp", address => new OtlpTarget(OtlpTargetOptions.From(address), options.Time))
            .WithQueued("kafka", address => new KafkaTarget(KafkaTargetOptions.From(address), options.Warn));
}

using Ops.Pipeline.Publishers.Delivery;

namespace Ops.Pipeline.Publishers.Prometheus;

/// <summary>What a <c>prometheus://</c> address says: remote write, or a Pushgateway where the path begins with
/// <c>/metrics/job/</c>.</summary>
internal sealed record PrometheusTargetOptions
{
    private const int Port = 9090;
    private const int GatewayPort = 9091;

    /// <summary>Where and how bodies are posted.</summary>
    public required HttpDeliveryOptions Delivery { get; init; }

    /// <summary>Whether it is a Pushgateway.</summary>
    public required bool IsGateway { get; init; }

    /// <summary>Takes its parameters out of an address.</summary>
    /// <exception cref="FormatException">A parameter is not what it may be, or the path is neither form.</exception>
    public static PrometheusTargetOptions From(PublisherAddress address)
    {
        var isGateway = address.Place.Contains("/metrics/job/", StringComparison.Ordinal);
        var place = HttpPlace.From(address, isGateway ? GatewayPort : Port);
        if (place.Place.AbsolutePath.TrimEnd('/').Length == 0)
        {
            throw new FormatException(
                "it names no path: '/api/v1/write' is remote write, '/metrics/job/NAME' a Pushgateway");
        }

        return new PrometheusTargetOptions
        {
            IsGateway = isGateway,
            Delivery = new HttpDeliveryOptions
            {
                Place = place.Place,
                Timeout = place.Timeout,
                ContentType = isGateway ? "text/plain; version=0.0.4" : "application/x-protobuf",
                ContentEncoding = isGateway ? null : "snappy",
                Headers = isGateway ? [] : [("X-Prometheus-Remote-Write-Version", "0.1.0")],
                Authorization = place.Basic(),
                VerifiesCertificate = place.VerifiesCertificate,
                AuthorityFile = place.AuthorityFile,
            },
        };
    }

    /// <summary>Opens the target.</summary>
    public IPublisherTarget Open(TimeProvider time) =>
        IsGateway ? new PushgatewayTarget(this, time) : new RemoteWriteTarget(this, time);
}

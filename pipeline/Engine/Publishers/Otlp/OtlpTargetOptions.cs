using Ops.Pipeline.Publishers.Delivery;

namespace Ops.Pipeline.Publishers.Otlp;

/// <summary>What the parameters of an <c>opentelemetryhttp://</c> publisher say.</summary>
internal sealed record OtlpTargetOptions
{
    private const int Port = 4318;
    private const string UsualPath = "/v1/metrics";

    /// <summary>Where and how requests are posted.</summary>
    public required HttpDeliveryOptions Delivery { get; init; }

    /// <summary>Whether requests are JSON instead of protobuf (<c>json</c>); default false.</summary>
    public required bool IsJson { get; init; }

    /// <summary>Takes its parameters out of an address. Without a path it is <c>/v1/metrics</c>.</summary>
    /// <exception cref="FormatException">A parameter is not what it may be.</exception>
    public static OtlpTargetOptions From(PublisherAddress address)
    {
        var place = HttpPlace.From(address, Port);
        var isJson = address.TakeBool("json", false);
        var isGzip = address.TakeBool("gzip", false);
        var token = address.Take("token");
        var whole = place.Place.AbsolutePath.Trim('/').Length == 0
            ? new UriBuilder(place.Place) { Path = UsualPath }.Uri
            : place.Place;
        return new OtlpTargetOptions
        {
            IsJson = isJson,
            Delivery = new HttpDeliveryOptions
            {
                Place = whole,
                Timeout = place.Timeout,
                ContentType = isJson ? "application/json" : "application/x-protobuf",
                IsGzip = isGzip,
                Authorization = string.IsNullOrEmpty(token) ? place.Basic() : ("Bearer", token),
                VerifiesCertificate = place.VerifiesCertificate,
                AuthorityFile = place.AuthorityFile,
            },
        };
    }
}

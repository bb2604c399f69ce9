using Ops.Pipeline.Publishers.Delivery;

namespace Ops.Pipeline.Publishers.Influx;

/// <summary>What the parameters of an <c>influxdb://</c> publisher say.</summary>
/// <remarks>Source: InfluxDB 1.8 "Write data with the API" (<c>/write</c>), InfluxDB 2 "/api/v2/write".</remarks>
internal sealed record InfluxTargetOptions
{
    private const int Port = 8086;

    /// <summary>Where and how lines are posted.</summary>
    public required HttpDeliveryOptions Delivery { get; init; }

    /// <summary>Nanoseconds in a unit of the timestamps (<c>precision</c>: ns, us, ms or s); default 1.</summary>
    public required long PrecisionNs { get; init; }

    /// <summary>Meters whose values leave as integers (<c>integers</c>: names and wildcards, commas between);
    /// default none: a field is a float.</summary>
    public required IReadOnlyList<string> Integers { get; init; }

    /// <summary>Takes its parameters out of an address.</summary>
    /// <exception cref="FormatException">A parameter is not what it may be, or is missing.</exception>
    public static InfluxTargetOptions From(PublisherAddress address)
    {
        var place = HttpPlace.From(address, Port);
        var isV2 = address.TakeWord("version", "1", "2") == "2";
        var precision = address.TakeWord("precision", "ns", "us", "ms", "s");
        var isGzip = address.TakeBool("gzip", false);
        var integers = address.Take("integers") ?? "";
        var (path, query, authorization) = isV2 ? V2(address, place, precision) : V1(address, place, precision);
        var whole = new UriBuilder(place.Place) { Query = query };
        whole.Path = $"{whole.Path.TrimEnd('/')}/{path}";
        return new InfluxTargetOptions
        {
            Delivery = new HttpDeliveryOptions
            {
                Place = whole.Uri,
                Timeout = place.Timeout,
                ContentType = "text/plain; charset=utf-8",
                IsGzip = isGzip,
                Authorization = authorization,
                VerifiesCertificate = place.VerifiesCertificate,
                AuthorityFile = place.AuthorityFile,
            },
            PrecisionNs = precision switch { "s" => 1_000_000_000, "ms" => 1_000_000, "us" => 1_000, _ => 1 },
            Integers = integers.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        };
    }

    private static (string Path, string Query, (string, string)? Authorization) V1(
        PublisherAddress address, HttpPlace place, string precision)
    {
        var database = address.Take("db") ?? "ops";
        var retention = address.Take("rp");
        var user = address.Take("user");
        var password = address.Take("password") ?? "";
        var query = $"db={Uri.EscapeDataString(database)}"
            + (string.IsNullOrEmpty(retention) ? "" : $"&rp={Uri.EscapeDataString(retention)}")
            + $"&precision={(precision == "us" ? "u" : precision)}";
        return ("write", query, user is null ? place.Basic() : HttpPlace.Basic($"{user}:{password}"));
    }

    private static (string Path, string Query, (string, string)? Authorization) V2(
        PublisherAddress address, HttpPlace place, string precision)
    {
        var organisation = address.Take("org");
        var token = address.Take("token");
        var bucket = address.Take("bucket");
        if (string.IsNullOrEmpty(bucket))
        {
            throw new FormatException(
                "'version=2' needs 'bucket', as in 'influxdb://host:8086?version=2&org=o&bucket=b&token=t'");
        }

        var query = (string.IsNullOrEmpty(organisation) ? "" : $"org={Uri.EscapeDataString(organisation)}&")
            + $"bucket={Uri.EscapeDataString(bucket)}&precision={precision}";
        return ("api/v2/write", query, string.IsNullOrEmpty(token) ? place.Basic() : ("Token", token));
    }
}

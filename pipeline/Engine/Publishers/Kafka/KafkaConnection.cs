using Confluent.Kafka;

namespace Ops.Pipeline.Publishers.Kafka;

/// <summary>How a Kafka cluster is reached.</summary>
public sealed record KafkaConnection
{
    /// <summary>The mechanisms that <see cref="SaslMechanism"/> may be.</summary>
    public static readonly IReadOnlyList<string> SaslMechanisms = ["plain", "scram-sha-256", "scram-sha-512"];

    /// <summary>The brokers to begin with, <c>host:port</c> with commas between.</summary>
    public required string Brokers { get; init; }

    /// <summary>What the broker's logs call this program; default <c>ops</c>.</summary>
    public string ClientId { get; init; } = "ops";

    /// <summary>Whether the broker is asked for its version; default true. A broker older than 0.10 needs false.
    /// </summary>
    public bool AsksVersion { get; init; } = true;

    /// <summary>The version of a broker that is not asked, such as <c>0.9.0.1</c>; null for the library's guess.
    /// </summary>
    public string? FallbackVersion { get; init; }

    /// <summary>Whether the connection is encrypted; default false.</summary>
    public bool IsTls { get; init; }

    /// <summary>Whether the broker's certificate is verified; default true.</summary>
    public bool VerifiesCertificate { get; init; } = true;

    /// <summary>A PEM file of the authorities to trust; null for the machine's own.</summary>
    public string? AuthorityFile { get; init; }

    /// <summary>The user of SASL; null for none.</summary>
    public string? User { get; init; }

    /// <summary>The password of SASL.</summary>
    public string? Password { get; init; }

    /// <summary>plain, scram-sha-256 or scram-sha-512; default plain.</summary>
    public string SaslMechanism { get; init; } = "plain";

    /// <summary>Takes its parameters out of an address <c>kafka://user:password@host:9092,host:9092</c>.</summary>
    /// <exception cref="FormatException">A parameter is not what it may be, or there is no broker.</exception>
    internal static KafkaConnection From(PublisherAddress address)
    {
        var at = address.Place.LastIndexOf('@');
        var brokers = address.Place[(at + 1)..].TrimEnd('/');
        if (brokers.Length == 0 || brokers.Contains('/'))
        {
            throw new FormatException("it names no broker, as in 'kafka://host:9092?topic=ceilometer'");
        }

        var user = at < 0 ? [] : address.Place[..at].Split(':', 2);
        var verify = address.Take("verify_ssl") ?? "true";
        return new KafkaConnection
        {
            Brokers = brokers,
            ClientId = address.Take("client_id") ?? "ops",
            AsksVersion = address.TakeBool("api_version_request", true),
            FallbackVersion = address.Take("broker_version_fallback"),
            IsTls = address.TakeBool("tls", false) | address.TakeBool("ssl", false),
            VerifiesCertificate = verify.ToLowerInvariant() is not ("false" or "0"),
            AuthorityFile = verify.ToLowerInvariant() is "true" or "false" or "1" or "0" or "" ? null : verify,
            User = user.Length > 0 ? Uri.UnescapeDataString(user[0]) : null,
            Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null,
            SaslMechanism = address.TakeWord("sasl_mechanism", [.. SaslMechanisms]),
        };
    }

    /// <summary>Writes itself into a client's configuration.</summary>
    internal T Apply<T>(T config)
        where T : ClientConfig
    {
        config.BootstrapServers = Brokers;
        config.ClientId = ClientId;
        config.ApiVersionRequest = AsksVersion;
        if (!string.IsNullOrEmpty(FallbackVersion))
        {
            config.BrokerVersionFallback = FallbackVersion;
        }

        config.SecurityProtocol = (IsTls, User is not null) switch
        {
            (true, true) => SecurityProtocol.SaslSsl,
            (true, false) => SecurityProtocol.Ssl,
            (false, true) => SecurityProtocol.SaslPlaintext,
            _ => SecurityProtocol.Plaintext,
        };
        if (IsTls)
        {
            config.EnableSslCertificateVerification = VerifiesCertificate;
            config.SslCaLocation = AuthorityFile;
        }

        if (User is not null)
        {
            config.SaslUsername = User;
            config.SaslPassword = Password ?? "";
            config.SaslMechanism = SaslMechanism switch
            {
                "scram-sha-256" => Confluent.Kafka.SaslMechanism.ScramSha256,
                "scram-sha-512" => Confluent.Kafka.SaslMechanism.ScramSha512,
                _ => Confluent.Kafka.SaslMechanism.Plain,
            };
        }

        config.ReconnectBackoffMs = 100;
        config.ReconnectBackoffMaxMs = 5000;
        return config;
    }
}

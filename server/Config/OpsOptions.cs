using Ops.Server.Api.Security;
using Ops.Storage;

namespace Ops.Server.Config;

/// <summary>The program's own settings, from <c>ops.yaml</c>. Every key is optional.</summary>
public sealed record OpsOptions
{
    /// <summary>
    /// <c>listen</c>: where the HTTP side listens, one address or several with commas between; default
    /// <c>http://127.0.0.1:8080</c>. Off loopback it needs tokens under <c>auth</c>.
    /// </summary>
    public IReadOnlyList<ListenAddress> Listen { get; init; } = [ListenAddress.Usual];

    /// <summary>The address of OTLP over gRPC, null for none.</summary>
    public ListenAddress? GrpcListen =>
        Collectors.Otlp.GrpcListen is { } text ? ListenAddress.Parse(text, out _) : null;

    /// <summary>Every address that is listened on; the rule for those off loopback holds for all of them.</summary>
    public IReadOnlyList<ListenAddress> Addresses => GrpcListen is { } grpc ? [.. Listen, grpc] : Listen;

    /// <summary>
    /// <c>hosts</c>: names that clients may give in the Host header beside localhost, 127.0.0.1 and [::1]; default
    /// none.
    /// </summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary><c>data</c>: the folder of all data; default <c>./ops-data</c>.</summary>
    public string DataFolder { get; init; } = "./ops-data";

    /// <summary><c>machine</c>: how the machine itself is observed.</summary>
    public MachineSection Machine { get; init; } = new();

    /// <summary><c>store</c>: how samples are buffered and how long they are kept.</summary>
    public StoreOptions Store { get; init; } = new();

    /// <summary><c>auth</c>: who may use the HTTP side.</summary>
    public AuthSection Auth { get; init; } = new();

    /// <summary>
    /// <c>telemetry_secret</c>: the key that metering messages are signed with, as Ceilometer has it; default empty,
    /// not signed.
    /// </summary>
    public string TelemetrySecret { get; init; } = "";

    /// <summary>
    /// <c>transport_url</c>: the broker of publishers <c>notifier://</c> that name none, such as
    /// <c>rabbit://user:password@host:5672/</c>; default none.
    /// </summary>
    public string? TransportUrl { get; init; }

    /// <summary>What polls and listens beside the machine's own collector.</summary>
    public CollectorOptions Collectors { get; init; } = new();

    /// <summary><c>log</c>: what is written to standard error.</summary>
    public LogSection Log { get; init; } = new();
}

/// <summary>How the machine itself is observed.</summary>
public sealed record MachineSection
{
    /// <summary><c>machine.enabled</c>: whether it is; default true.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary><c>machine.interval</c>: time between two looks, 1 s to 1 h; default 10 s.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// <c>machine.forget_after</c>: how long a service that is gone keeps its entity and alarm; default 1 h.
    /// </summary>
    public TimeSpan ForgetAfter { get; init; } = TimeSpan.FromHours(1);
}

/// <summary>Who may use the HTTP side.</summary>
public sealed record AuthSection
{
    /// <summary>
    /// <c>auth.tokens</c>: the tokens that open it; without any, everyone on this machine may do everything.
    /// </summary>
    public IReadOnlyList<ApiToken> Tokens { get; init; } = [];
}

/// <summary>What is written to standard error.</summary>
public sealed record LogSection
{
    /// <summary><c>log.level</c>: debug, information, warning or error; default information.</summary>
    public LogLevel Level { get; init; } = LogLevel.Information;
}

namespace Ops.Collectors.Otlp;

/// <summary>How OTLP is received: the section <c>otlp</c> of <c>ops.yaml</c>.</summary>
public sealed record OtlpOptions
{
    /// <summary>
    /// <c>grpc_listen</c>: an address of its own for gRPC without TLS, such as <c>http://127.0.0.1:4317</c>; default
    /// null, which is none. Clients of HTTP use the program's own address.
    /// </summary>
    public string? GrpcListen { get; init; }

    /// <summary>
    /// <c>attributes</c>: what is done to the attributes of each new series, in order; default nothing.
    /// </summary>
    public IReadOnlyList<AttributeOperation> Attributes { get; init; } = [];

    /// <summary><c>observe</c>: whether services that send become entities; default true.</summary>
    public bool Observe { get; init; } = true;
}

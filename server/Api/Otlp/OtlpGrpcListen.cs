using Microsoft.AspNetCore.Server.Kestrel.Core;
using Ops.Server.Api.Security;

namespace Ops.Server.Api.Otlp;

/// <summary>Lets an address of its own speak HTTP/2 without TLS, which clients of gRPC ask for.</summary>
/// <remarks>
/// Without TLS nothing tells HTTP/1 and HTTP/2 apart before the first request, so one address cannot speak both: the
/// console and the API stay on theirs.
/// </remarks>
public static class OtlpGrpcListen
{
    /// <summary>
    /// Makes the address of <see cref="Ops.Collectors.Otlp.OtlpOptions.GrpcListen"/> an address of HTTP/2 alone; it
    /// must be among those that the server listens on, too.
    /// </summary>
    /// <param name="kestrel">The server.</param>
    /// <param name="address">The address; null changes nothing.</param>
    public static void UseOtlpGrpc(this KestrelServerOptions kestrel, ListenAddress? address)
    {
        if (address is null)
        {
            return;
        }

        kestrel.ConfigureEndpointDefaults(endpoint =>
        {
            if (endpoint.IPEndPoint?.Port == address.Port)
            {
                endpoint.Protocols = HttpProtocols.Http2;
            }
        });
    }
}

using Ops.Server.Api.Security;

namespace Ops.Server.Wiring;

/// <summary>Says which address another program has already, and what gives another.</summary>
internal static class AddressInUse
{
    /// <summary>One sentence.</summary>
    /// <param name="listen">The program's own addresses.</param>
    /// <param name="grpc">That of OTLP over gRPC, null for none.</param>
    /// <param name="fault">What the web server threw; its message holds the address.</param>
    public static string Describe(IReadOnlyList<ListenAddress> listen, string? grpc, IOException fault)
    {
        var own = listen.Select(address => address.ToString()).ToList();
        if (grpc is not null && !own.Exists(address => Names(fault, address)) && Names(fault, grpc))
        {
            return $"{grpc}: another program listens there already; give another address as grpc_listen of otlp in "
                + "ops.yaml";
        }

        return $"{string.Join(", ", own)}: another program listens there already; give another address with --listen";
    }

    private static bool Names(IOException fault, string address) =>
        fault.Message.Contains($"{address.TrimEnd('/')}:", StringComparison.OrdinalIgnoreCase);
}

namespace Ops.Server.Api.Security;

/// <summary>
/// Says which role an endpoint asks for; null lets everyone in. Without it, reading asks for reader, the rest for
/// operator.
/// </summary>
/// <param name="Role">The least role.</param>
public sealed record RequiredRole(ApiRole? Role)
{
    /// <summary>For what a load balancer or a client's first contact asks.</summary>
    public static readonly RequiredRole None = new((ApiRole?)null);

    /// <summary>For posts that only read, such as a query in a form.</summary>
    public static readonly RequiredRole Reader = new(ApiRole.Reader);
}

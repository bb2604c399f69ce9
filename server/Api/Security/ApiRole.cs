namespace Ops.Server.Api.Security;

/// <summary>What the bearer of a token may do; each role includes those before it.</summary>
public enum ApiRole
{
    /// <summary>May read everything.</summary>
    Reader,

    /// <summary>May also send samples.</summary>
    Operator,

    /// <summary>May do everything.</summary>
    Admin,
}

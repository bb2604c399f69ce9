using Ops.Collectors.Snmp.Wire;

namespace Ops.Collectors.Snmp.Security;

/// <summary>The counters that reports name, each under <c>.0</c>. Source: RFC 3414, section 5.</summary>
internal static class UsmReport
{
    public static readonly Oid UnsupportedLevel = Oid.Of("1.3.6.1.6.3.15.1.1.1.0");
    public static readonly Oid NotInTimeWindow = Oid.Of("1.3.6.1.6.3.15.1.1.2.0");
    public static readonly Oid UnknownUser = Oid.Of("1.3.6.1.6.3.15.1.1.3.0");
    public static readonly Oid UnknownEngine = Oid.Of("1.3.6.1.6.3.15.1.1.4.0");
    public static readonly Oid WrongDigest = Oid.Of("1.3.6.1.6.3.15.1.1.5.0");
    public static readonly Oid DecryptionError = Oid.Of("1.3.6.1.6.3.15.1.1.6.0");

    /// <summary>What a report says, for people.</summary>
    public static string Word(Oid counter) =>
        counter.Equals(UnsupportedLevel) ? "the agent does not serve this user at that security level"
        : counter.Equals(NotInTimeWindow) ? "the agent's clock and ours do not agree"
        : counter.Equals(UnknownUser) ? "the agent does not know the user"
        : counter.Equals(UnknownEngine) ? "the agent's engine id changed"
        : counter.Equals(WrongDigest) ? "the agent refuses the authentication: wrong password or protocol"
        : counter.Equals(DecryptionError) ? "the agent cannot decrypt: wrong privacy password or protocol"
        : $"the agent reports {counter}";
}

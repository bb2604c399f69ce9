namespace Ops.Collectors.Snmp.Security;

/// <summary>A user's keys for one engine.</summary>
/// <param name="Auth">How messages are signed.</param>
/// <param name="AuthKey">The key of that; empty for none.</param>
/// <param name="Priv">How they are encrypted.</param>
/// <param name="PrivKey">The key of that; empty for none.</param>
internal sealed record UsmKeys(SnmpAuthProtocol Auth, byte[] AuthKey, SnmpPrivProtocol Priv, byte[] PrivKey)
{
    /// <summary>Of discovery and of reports that nobody signed.</summary>
    public static readonly UsmKeys None = new(SnmpAuthProtocol.None, [], SnmpPrivProtocol.None, []);

    /// <summary>The flags of messages under these keys: 1 signed, 2 encrypted.</summary>
    public byte Flags => (byte)((Auth == SnmpAuthProtocol.None ? 0 : 1) | (Priv == SnmpPrivProtocol.None ? 0 : 2));

    /// <summary>The keys that a user's passwords give for an engine.</summary>
    public static UsmKeys For(SnmpCredential user, ReadOnlySpan<byte> engineId) => new(
        user.Auth,
        user.Auth == SnmpAuthProtocol.None ? [] : UsmAuth.LocalKey(user.Auth, user.AuthPassword, engineId),
        user.Priv,
        user.Priv == SnmpPrivProtocol.None
            ? []
            : UsmPrivacy.LocalKey(user.Priv, user.Auth, user.PrivPassword, engineId));

    /// <inheritdoc/>
    public override string ToString() => $"{Auth}/{Priv}";
}

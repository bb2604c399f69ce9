namespace Ops.Collectors.Snmp.Security;

/// <summary>How version 3 messages are signed. Source: RFC 3414 (MD5, SHA-1), RFC 7860 (the rest).</summary>
public enum SnmpAuthProtocol
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>HMAC-MD5-96.</summary>
    Md5,

    /// <summary>HMAC-SHA-96.</summary>
    Sha1,

    /// <summary>HMAC-SHA-224, 128 bits.</summary>
    Sha224,

    /// <summary>HMAC-SHA-256, 192 bits.</summary>
    Sha256,

    /// <summary>HMAC-SHA-384, 256 bits.</summary>
    Sha384,

    /// <summary>HMAC-SHA-512, 384 bits.</summary>
    Sha512,
}

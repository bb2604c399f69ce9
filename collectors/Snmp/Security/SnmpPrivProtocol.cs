namespace Ops.Collectors.Snmp.Security;

/// <summary>How version 3 messages are encrypted. Source: RFC 3414 (DES), RFC 3826 (AES-128).</summary>
public enum SnmpPrivProtocol
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>DES in CBC mode.</summary>
    Des,

    /// <summary>AES with 128 bits in CFB mode.</summary>
    Aes128,

    /// <summary>AES-192; a short key is lengthened as draft-blumenthal-aes-usm-04 says.</summary>
    Aes192,

    /// <summary>AES-256; a short key is lengthened as draft-blumenthal-aes-usm-04 says.</summary>
    Aes256,

    /// <summary>AES-192; a short key is lengthened as draft-reeder-snmpv3-usm-3desede-00 says: Cisco's way.</summary>
    Aes192Cisco,

    /// <summary>AES-256; a short key is lengthened as draft-reeder-snmpv3-usm-3desede-00 says: Cisco's way.</summary>
    Aes256Cisco,
}

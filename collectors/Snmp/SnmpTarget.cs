using System.Globalization;

namespace Ops.Collectors.Snmp;

/// <summary>An agent and with what it is asked.</summary>
/// <param name="Address">Its name or address.</param>
/// <param name="Port">Its UDP port.</param>
/// <param name="Credential">With what it is asked.</param>
public sealed record SnmpTarget(string Address, int Port, SnmpCredential Credential)
{
    /// <summary>The port of agents.</summary>
    public const int DefaultPort = 161;

    /// <summary>The id of its samples and of its entity: its address, with the port where it is another than 161.
    /// </summary>
    public string Id => Port == DefaultPort ? Address : $"{Bracketed}:{Port.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Its URL without secrets, such as <c>snmp://10.0.0.5</c>.</summary>
    public string Url => Port == DefaultPort ? $"snmp://{Bracketed}" : $"snmp://{Id}";

    private string Bracketed => Address.Contains(':') ? $"[{Address}]" : Address;
}

using Ops.Collectors.Snmp.Wire;

namespace Ops.Collectors.Snmp.Session;

/// <summary>Why an agent gave no answer.</summary>
internal enum SnmpFaultKind
{
    /// <summary>Nobody answered.</summary>
    Silent,

    /// <summary>It was silent before and is left alone; told then, not again.</summary>
    Resting,

    /// <summary>It answered that we may not ask.</summary>
    Denied,

    /// <summary>It answered something that makes no sense.</summary>
    Broken,
}

/// <summary>Why an agent gave no answer, with a sentence for people that holds no secret.</summary>
internal sealed record SnmpFault(SnmpFaultKind Kind, string Message);

/// <summary>What an agent answered: bindings, or a fault.</summary>
internal sealed record SnmpAnswer(IReadOnlyList<SnmpBinding> Bindings, SnmpFault? Fault = null, int ErrorStatus = 0)
{
    /// <summary>An answer that did not come.</summary>
    public static SnmpAnswer Failed(SnmpFaultKind kind, string message) => new([], new SnmpFault(kind, message));
}

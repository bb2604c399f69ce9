namespace Ops.Collectors.Collectd;

/// <summary>How a value is to be read, numbered as the protocol has it.</summary>
internal enum ValueKind
{
    Counter = 0,
    Gauge = 1,
    Derive = 2,
    Absolute = 3,
}

/// <summary>Whom values or a notification are about.</summary>
internal sealed record ValueIdentity
{
    public string Host { get; init; } = "";

    public string Plugin { get; init; } = "";

    public string PluginInstance { get; init; } = "";

    public string Type { get; init; } = "";

    public string TypeInstance { get; init; } = "";
}

/// <summary>One reading: values that belong together.</summary>
/// <param name="Identity">Whom it is about.</param>
/// <param name="TimeNs">When; 0 where it is not told.</param>
/// <param name="Values">The values.</param>
/// <param name="Names">Their names where they are told.</param>
internal sealed record ValueList(
    ValueIdentity Identity, long TimeNs, IReadOnlyList<(ValueKind Kind, double Value)> Values,
    IReadOnlyList<string>? Names = null);

/// <summary>A notification of collectd.</summary>
/// <param name="Identity">Whom it is about.</param>
/// <param name="TimeNs">When; 0 where it is not told.</param>
/// <param name="Severity">1 failure, 2 warning, 4 okay.</param>
/// <param name="Message">What it says.</param>
internal sealed record CollectdNotice(ValueIdentity Identity, long TimeNs, ulong Severity, string Message);

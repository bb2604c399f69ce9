namespace Ops.Collectors.Ipmi;

/// <summary>A sensor as <c>ipmitool -v sdr</c> tells of it.</summary>
/// <param name="Id">Its name with its number, such as <c>CPU Temp (0x1)</c>.</param>
/// <param name="Type">Its type, such as <c>Temperature</c>, <c>Fan</c>, <c>Voltage</c>, <c>Current</c>.</param>
/// <param name="Value">Its reading; null where it has none.</param>
/// <param name="Unit">The unit as Ceilometer's meters have it: C, RPM, V, W or A; others as they are.</param>
/// <param name="Status">Its status in words, such as <c>ok</c> or <c>Upper Critical</c>.</param>
internal sealed record SensorReading(string Id, string Type, double? Value, string Unit, string Status)
{
    /// <summary>Its part of resource ids: lower case, blanks as underscores.</summary>
    public string Word => Id.ToLowerInvariant().Replace(' ', '_');

    /// <summary>The state of its entity: OK, WARNING, CRITICAL or UNKNOWN.</summary>
    public string State
    {
        get
        {
            var status = Status.ToLowerInvariant();
            return status == "ok" ? "OK"
                : status.Contains("non-recoverable") ? "CRITICAL"
                : status.Contains("non-critical") ? "WARNING"
                : status.Contains("critical") ? "CRITICAL"
                : "UNKNOWN";
        }
    }
}

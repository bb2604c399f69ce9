namespace Ops.Collectors.Notifications;

/// <summary>What is made of notifications besides what the definition files say.</summary>
public sealed record NotificationConversion
{
    /// <summary>
    /// The secret that Ceilometer signs metering messages with (its <c>telemetry_secret</c>). Default empty: signatures
    /// are not looked at.
    /// </summary>
    public string Secret { get; init; } = "";

    /// <summary>
    /// Whether notifications that no event definition matches make no event. Default false: they make one with the
    /// default traits.
    /// </summary>
    public bool DropUnmatched { get; init; }

    /// <summary>Of which priorities (<c>info</c>, <c>error</c>) events keep the whole notification. Default none.
    /// </summary>
    public IReadOnlyList<string> StoreRaw { get; init; } = [];

    /// <summary>
    /// Prefixes of an instance's metadata that are kept as user metadata, without the prefix. Default <c>metering.</c>.
    /// </summary>
    public IReadOnlyList<string> ReservedMetadataNamespace { get; init; } = ["metering."];

    /// <summary>Whole keys of an instance's metadata that are kept as user metadata too. Default none.</summary>
    public IReadOnlyList<string> ReservedMetadataKeys { get; init; } = [];

    /// <summary>How many characters of a text of user metadata are kept. Default 256, from 1 to 65536.</summary>
    public int ReservedMetadataLength { get; init; } = 256;
}

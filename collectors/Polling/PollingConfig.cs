namespace Ops.Collectors.Polling;

/// <summary>What <c>polling.yaml</c> says.</summary>
/// <param name="Sources">The sources, in the order of the file.</param>
public sealed record PollingConfig(IReadOnlyList<PollingSource> Sources)
{
    /// <summary>Nothing to poll.</summary>
    public static readonly PollingConfig None = new([]);
}

namespace Ops.Collectors.Polling;

/// <summary>Something that can be polled.</summary>
/// <param name="Key">
/// Its stable text, which partitioning, history and blacklist go by: a URL such as <c>snmp://10.0.0.5</c>, or an id.
/// </param>
/// <param name="Value">What the discovery knows of it, for pollsters that know the discovery; or null.</param>
public sealed record PollResource(string Key, object? Value = null);

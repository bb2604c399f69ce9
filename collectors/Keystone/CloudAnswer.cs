namespace Ops.Collectors.Keystone;

/// <summary>A cloud's answer to one request that went well.</summary>
/// <param name="Url">What was asked.</param>
/// <param name="Text">The body; at most 64 MiB.</param>
/// <param name="Headers">Its headers, names in lower case.</param>
public sealed record CloudAnswer(Uri Url, string Text, IReadOnlyDictionary<string, string> Headers);

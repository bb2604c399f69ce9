namespace Ops.Collectors.Hooks;

/// <summary>What was posted to a hook.</summary>
/// <param name="Hook">The hook's name.</param>
/// <param name="ContentType">The media type, or null.</param>
/// <param name="Headers">The headers; names in lower case.</param>
/// <param name="Body">The body.</param>
public sealed record HookRequest(
    string Hook, string? ContentType, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body);

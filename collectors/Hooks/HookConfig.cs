namespace Ops.Collectors.Hooks;

/// <summary>One hook: a file of <c>datasources/hooks</c>.</summary>
/// <param name="Name">Its name in the address, <c>/hooks/NAME</c>: <c>hook</c>, default the name of the file.</param>
/// <param name="Format"><c>format</c>: what it is sent.</param>
/// <param name="Secret"><c>secret</c>: key of the signature that senders must give; null asks for none.</param>
/// <param name="Rules"><c>alerts</c>: which alert is about which resource; the first that fits counts.</param>
public sealed record HookConfig(string Name, HookFormat Format, string? Secret, IReadOnlyList<ResourceRule> Rules);

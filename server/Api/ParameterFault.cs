namespace Ops.Server.Api;

/// <summary>A parameter of the address that cannot be used.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="Message">What was found and what is allowed.</param>
internal sealed record ParameterFault(string Name, string Message);

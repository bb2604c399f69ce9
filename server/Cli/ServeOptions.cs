namespace Ops.Server.Cli;

/// <summary>What <c>ops serve</c> was told on the command line; null leaves it to <c>ops.yaml</c>.</summary>
/// <param name="ConfigFolder">
/// <c>--config</c>: the folder of the configuration; default <c>./etc</c>, else built in.
/// </param>
/// <param name="DataFolder"><c>--data</c>: the folder of all data.</param>
/// <param name="Listen"><c>--listen</c>: one address or several with commas between.</param>
public sealed record ServeOptions(string? ConfigFolder, string? DataFolder, string? Listen);

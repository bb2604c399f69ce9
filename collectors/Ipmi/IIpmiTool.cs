namespace Ops.Collectors.Ipmi;

/// <summary>Runs commands on a management controller.</summary>
internal interface IIpmiTool
{
    /// <summary>Runs one, such as <c>-v sdr</c>.</summary>
    Task<IpmiOutput> RunAsync(
        IpmiTarget target, IReadOnlyList<string> command, CancellationToken cancellationToken);
}

/// <summary>What a command said: its output, or why it failed.</summary>
/// <param name="Text">The output.</param>
/// <param name="Fault">Why it failed; null when it did not.</param>
internal sealed record IpmiOutput(string Text, string? Fault = null);

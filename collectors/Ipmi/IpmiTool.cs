using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Ops.Collectors.Ipmi;

/// <summary>Runs the program <c>ipmitool</c>: no shell, the password in its environment, bounded in time and output.
/// </summary>
internal sealed class IpmiTool(IpmiOptions options, TimeProvider time) : IIpmiTool
{
    /// <summary>The most characters of output that are read.</summary>
    public const int OutputMax = 1 << 20;

    private const int FaultMax = 300;

    /// <inheritdoc/>
    public async Task<IpmiOutput> RunAsync(
        IpmiTarget target, IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(options.Program)
        {
            RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true,
        };
        foreach (var argument in Arguments(target).Concat(command))
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["IPMI_PASSWORD"] = target.Password;
        start.Environment["LC_ALL"] = "C";
        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Win32Exception fault)
        {
            return new IpmiOutput("", $"{target.Url}: cannot start {options.Program}: {fault.Message}");
        }

        using var limit = new CancellationTokenSource(options.Timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            process.StandardInput.Close();
            var error = ReadAsync(process.StandardError, both.Token);
            var output = await ReadAsync(process.StandardOutput, both.Token).ConfigureAwait(false);
            var said = await error.ConfigureAwait(false);
            await process.WaitForExitAsync(both.Token).ConfigureAwait(false);
            return process.ExitCode == 0 ? new IpmiOutput(output) : new IpmiOutput(output, Fault(target, said));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new IpmiOutput("", string.Create(
                CultureInfo.InvariantCulture, $"{target.Url}: no answer in {options.Timeout.TotalSeconds} s"));
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    /// <summary>Which controller is asked: of this machine by its own device, of others over the network.</summary>
    internal static IEnumerable<string> Arguments(IpmiTarget target)
    {
        if (target.Host is null)
        {
            return ["-I", "open"];
        }

        List<string> arguments =
        [
            "-I", "lanplus", "-H", target.Host, "-p", target.Port.ToString(CultureInfo.InvariantCulture),
            "-U", target.User, "-E",
        ];
        if (target.CipherSuite is { } suite)
        {
            arguments.AddRange(["-C", suite.ToString(CultureInfo.InvariantCulture)]);
        }

        if (target.Privilege is { } privilege)
        {
            arguments.AddRange(["-L", privilege]);
        }

        return arguments;
    }

    /// <summary>Reads to the end; what is over the limit is read and forgotten.</summary>
    private static async Task<string> ReadAsync(StreamReader from, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        var buffer = new char[4096];
        while (await from.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is var count and > 0)
        {
            text.Append(buffer, 0, Math.Min(count, OutputMax - text.Length));
        }

        return text.ToString();
    }

    private static string Fault(IpmiTarget target, string said)
    {
        var line = said.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .LastOrDefault() ?? "failed without a word";
        return $"{target.Url}: {(line.Length > FaultMax ? line[..FaultMax] : line)}";
    }
}

using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using Ops.Model;

namespace Ops.Collectors.Polling;

/// <summary>Tells whoever connects to a UNIX socket when each pollster last worked.</summary>
/// <remarks>
/// A line <c>POLLSTER TIME</c> for each pollster, in the order of their names, then the end. Source: Ceilometer's
/// <c>heartbeat_socket_dir</c>. Where the socket cannot be made, polling goes on without.
/// </remarks>
internal sealed class HeartbeatSocket(PollingOptions options, TimeProvider time, TroubleLog log)
{
    /// <summary>How long one listener may take to read.</summary>
    private static readonly TimeSpan WriteMax = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan RetryWait = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _beats = new(StringComparer.Ordinal);

    /// <summary>Where the socket is.</summary>
    public string Path { get; } = System.IO.Path.Combine(
        options.HeartbeatFolder ?? "",
        $"ceilometer-{string.Join('-', options.Namespaces.Order(StringComparer.Ordinal))}.socket");

    /// <summary>Notes that a pollster worked.</summary>
    public void Note(string pollster, DateTimeOffset at) => _beats[pollster] = at;

    /// <summary>Answers until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception fault) when (fault is SocketException or IOException or UnauthorizedAccessException
                or ArgumentException)
            {
                log.Say("heartbeat", $"polling: no heartbeat at '{Path}': {fault.Message}");
                await Task.Delay(RetryWait, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>What a listener is told.</summary>
    internal byte[] Lines()
    {
        var lines = new StringBuilder();
        foreach (var (pollster, at) in _beats.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            lines.Append(pollster).Append(' ').Append(at.ToIso()).Append('\n');
        }

        return Encoding.UTF8.GetBytes(lines.ToString());
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        File.Delete(Path);
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(Path));
        try
        {
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(
                    Path,
                    UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite);
            }

            listener.Listen(16);
            log.Heal("heartbeat", $"polling: heartbeat at '{Path}'");
            while (true)
            {
                using var peer = await listener.AcceptAsync(cancellationToken).ConfigureAwait(false);
                await AnswerAsync(peer, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            File.Delete(Path);
        }
    }

    private async Task AnswerAsync(Socket peer, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(WriteMax, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            var lines = Lines().AsMemory();
            while (lines.Length > 0)
            {
                lines = lines[await peer.SendAsync(lines, SocketFlags.None, either.Token).ConfigureAwait(false)..];
            }
        }
        catch (Exception fault) when (fault is SocketException
            || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // A listener that hangs up, or does not read, misses its lines.
        }
    }
}

using System.Net;
using System.Net.Sockets;
using Ops.Collectors.Wire;

namespace Ops.Collectors.StatsD;

/// <summary>Receives lines over TCP.</summary>
internal sealed class StatsdStreams(
    IPEndPoint listen, IReadOnlyList<IPNetwork> allow, TimeProvider time, Action<string> report)
{
    /// <summary>The most connections at a time; further ones are closed at once.</summary>
    public const int ConnectionsMax = 256;

    private const int PieceBytes = 16 * 1024;

    private int _open;
    private long _refused;
    private volatile string? _fault;
    private volatile IPEndPoint? _bound;

    /// <summary>Where it listens; null while it does not.</summary>
    public IPEndPoint? Bound => _bound;

    /// <summary>Why it does not listen, or null.</summary>
    public string? Fault => _fault;

    /// <summary>Connections that were closed at once.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Receives until cancelled; <paramref name="take"/> is given whole lines, from several threads.</summary>
    public async Task RunAsync(Action<ReadOnlyMemory<byte>> take, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                using var listener = new TcpListener(listen);
                listener.Start();
                (_bound, _fault) = ((IPEndPoint)listener.LocalEndpoint, null);
                await AcceptAsync(listener, take, cancellationToken).ConfigureAwait(false);
            }
            catch (SocketException fault)
            {
                if (_fault != fault.Message)
                {
                    report($"statsd: cannot listen on {listen} over TCP: {fault.Message}");
                }

                _fault = fault.Message;
                await Task.Delay(DatagramPort.RetryAfter, time, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                _bound = null;
            }
        }
    }

    private async Task AcceptAsync(
        TcpListener listener, Action<ReadOnlyMemory<byte>> take, CancellationToken cancellationToken)
    {
        while (true)
        {
            var client = await listener.AcceptTcpClientAsync(cancellationToken).ConfigureAwait(false);
            var sender = ((IPEndPoint)client.Client.RemoteEndPoint!).Address;
            if (!ListenText.IsAllowed(sender, allow) || Interlocked.Increment(ref _open) > ConnectionsMax)
            {
                if (ListenText.IsAllowed(sender, allow))
                {
                    Interlocked.Decrement(ref _open);
                }

                Interlocked.Increment(ref _refused);
                client.Dispose();
                continue;
            }

            _ = ReadAsync(client, take, cancellationToken);
        }
    }

    private async Task ReadAsync(
        TcpClient client, Action<ReadOnlyMemory<byte>> take, CancellationToken cancellationToken)
    {
        using var held = client;
        var piece = new byte[PieceBytes];
        var kept = 0;
        try
        {
            var stream = client.GetStream();
            int read;
            while ((read = await stream.ReadAsync(piece.AsMemory(kept), cancellationToken).ConfigureAwait(false)) > 0)
            {
                var length = kept + read;
                var end = piece.AsSpan(0, length).LastIndexOf((byte)'\n');
                if (end < 0 && length < piece.Length)
                {
                    kept = length;
                    continue;
                }

                // A line that fills the piece is too long, and refused as such.
                end = end < 0 ? length - 1 : end;
                take(piece.AsMemory(0, end + 1));
                kept = length - end - 1;
                piece.AsSpan(end + 1, kept).CopyTo(piece);
            }

            take(piece.AsMemory(0, kept));
        }
        catch (Exception fault) when (fault is IOException or SocketException or OperationCanceledException)
        {
            // The sender went away, or the program stops: what came is taken.
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }
}

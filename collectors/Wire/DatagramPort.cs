using System.Net;
using System.Net.Sockets;

namespace Ops.Collectors.Wire;

/// <summary>Receives datagrams from allowed senders, one at a time, until it is cancelled.</summary>
/// <remarks>
/// An address that cannot be had is said once and tried again every <see cref="RetryAfter"/>. The kernel keeps up to
/// <see cref="ReceiveBufferBytes"/> for a reader that is busy, and drops what is more.
/// </remarks>
internal sealed class DatagramPort(
    string name, IPEndPoint listen, IReadOnlyList<IPNetwork> allow, TimeProvider time, Action<string> report)
{
    /// <summary>What the kernel is asked to keep for a reader that is busy.</summary>
    public const int ReceiveBufferBytes = 8 << 20;

    /// <summary>The largest datagram there is.</summary>
    public const int DatagramBytesMax = 65_535;

    /// <summary>Wait before an address that could not be had is tried again.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    private volatile IPEndPoint? _bound;
    private volatile string? _fault;
    private long _datagrams;
    private long _refused;

    /// <summary>Where it listens; null while it does not.</summary>
    public IPEndPoint? Bound => _bound;

    /// <summary>Why it does not listen, or null.</summary>
    public string? Fault => _fault is { } why ? $"cannot listen on {listen}: {why}" : null;

    /// <summary>Datagrams received.</summary>
    public long Datagrams => Interlocked.Read(ref _datagrams);

    /// <summary>Datagrams of senders that are not allowed.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Datagrams that the kernel dropped because the reader was busy.</summary>
    public long KernelDrops => _bound is { } bound ? SocketDrops.Of(bound) : 0;

    /// <summary>
    /// Receives until cancelled; the bytes may be reused once the task of <paramref name="take"/> is done.
    /// </summary>
    public async Task RunAsync(
        Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> take, CancellationToken cancellationToken)
    {
        var buffer = new byte[DatagramBytesMax];
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                using var socket = Open();
                await ReceiveAsync(socket, buffer, take, cancellationToken).ConfigureAwait(false);
            }
            catch (SocketException fault)
            {
                Note(fault.Message);
                await Task.Delay(RetryAfter, time, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                _bound = null;
            }
        }
    }

    private Socket Open()
    {
        var socket = new Socket(listen.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            socket.ReceiveBufferSize = ReceiveBufferBytes;
            socket.Bind(listen);
            _bound = (IPEndPoint)socket.LocalEndPoint!;
            if (_fault is not null)
            {
                _fault = null;
                report($"{name}: listens on {listen} again");
            }

            return socket;
        }
        catch (SocketException)
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task ReceiveAsync(
        Socket socket, byte[] buffer, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> take,
        CancellationToken cancellationToken)
    {
        var anyone = new IPEndPoint(
            listen.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        while (true)
        {
            var got = await socket.ReceiveFromAsync(buffer, SocketFlags.None, anyone, cancellationToken)
                .ConfigureAwait(false);
            Interlocked.Increment(ref _datagrams);
            if (!ListenText.IsAllowed(((IPEndPoint)got.RemoteEndPoint).Address, allow))
            {
                Interlocked.Increment(ref _refused);
                continue;
            }

            await take(buffer.AsMemory(0, got.ReceivedBytes), cancellationToken).ConfigureAwait(false);
        }
    }

    private void Note(string why)
    {
        if (_fault != why)
        {
            _fault = why;
            report($"{name}: cannot listen on {listen}: {why}; tries again every {RetryAfter.TotalSeconds:0} s");
        }
    }
}

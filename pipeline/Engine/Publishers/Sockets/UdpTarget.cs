using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Ops.Model;
using Ops.Pipeline.Publishers.Wire;

namespace Ops.Pipeline.Publishers.Sockets;

/// <summary>Sends each sample as a datagram: its signed message in MessagePack, as Ceilometer's collector reads
/// it.</summary>
/// <remarks>Sent means handed to the network: UDP answers nothing. What does not fit a datagram is refused. Of a name's
/// addresses one of IPv4 is taken, where Ceilometer's collector listens, and looked up again every minute.</remarks>
internal sealed class UdpTarget(HostAndPort place, string secret, TimeProvider time) : IPublisherTarget
{
    /// <summary>The port where the address has none.</summary>
    public const int PortDefault = 4952;

    /// <summary>The longest datagram of IPv4.</summary>
    public const int DatagramBytesMax = 65_507;

    private static readonly TimeSpan _nameValid = TimeSpan.FromMinutes(1);

    private readonly CounterForm _form = new(secret);
    private readonly ArrayBufferWriter<byte> _json = new(1024);
    private readonly ArrayBufferWriter<byte> _datagram = new(1024);
    private Socket? _socket;
    private IPEndPoint? _to;
    private long _resolvedAt;
    private SampleBatch? _partly;
    private int _taken;
    private int _tooLong;

    public async ValueTask<PublishResult> SendAsync(SampleBatch batch, CancellationToken cancellationToken)
    {
        if (!ReferenceEquals(_partly, batch))
        {
            (_partly, _taken, _tooLong) = (batch, 0, 0);
        }

        try
        {
            var to = await ResolveAsync(cancellationToken).ConfigureAwait(false);
            for (; _taken < batch.Count; _taken++)
            {
                Encode(batch.Items[_taken]);
                if (_datagram.WrittenCount > DatagramBytesMax)
                {
                    _tooLong++;
                    continue;
                }

                await _socket!.SendToAsync(_datagram.WrittenMemory, SocketFlags.None, to, cancellationToken)
                    .ConfigureAwait(false);
            }
        }
        catch (SocketException fault)
        {
            Close();
            return PublishResult.Passing(fault.Message);
        }

        _partly = null;
        return _tooLong == 0
            ? PublishResult.Sent
            : PublishResult.SentBut(_tooLong, $"a sample is longer than a datagram of {DatagramBytesMax} bytes");
    }

    public ValueTask DisposeAsync()
    {
        Close();
        return ValueTask.CompletedTask;
    }

    private void Close()
    {
        _socket?.Dispose();
        _socket = null;
    }

    private async ValueTask<IPEndPoint> ResolveAsync(CancellationToken cancellationToken)
    {
        if (_socket is not null && time.GetElapsedTime(_resolvedAt) < _nameValid)
        {
            return _to!;
        }

        var addresses = await Dns.GetHostAddressesAsync(place.Host, cancellationToken).ConfigureAwait(false);
        var address = Array.Find(addresses, one => one.AddressFamily == AddressFamily.InterNetwork) ?? addresses[0];
        var to = new IPEndPoint(address, place.Port);
        if (_socket is null || _to?.AddressFamily != to.AddressFamily)
        {
            Close();
            _socket = new Socket(to.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        }

        _resolvedAt = time.GetTimestamp();
        return _to = to;
    }

    private void Encode(in Sample sample)
    {
        _json.ResetWrittenCount();
        _datagram.ResetWrittenCount();
        _form.Write(sample, null, _json);
        var reader = new Utf8JsonReader(_json.WrittenSpan);
        using var message = JsonDocument.ParseValue(ref reader);
        MsgpackWriter.Write(message.RootElement, _datagram);
    }
}

using System.Buffers;
using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text.Json;
using Ops.Model;
using Ops.Pipeline.Publishers.Wire;

namespace Ops.Pipeline.Publishers.Sockets;

/// <summary>Sends samples over a TCP connection: each its length (8 bytes, little-endian) and its signed message in
/// MessagePack, as Ceilometer's TCP publisher does.</summary>
/// <remarks>
/// When the connection breaks the batch is sent again on a new one, at once and then with back-off, so that a reader
/// may see a message twice, with the same <c>message_id</c>. Sent means that this machine took it: the protocol has no
/// acknowledgement.
/// </remarks>
internal sealed class TcpTarget(HostAndPort place, string secret, string host) : IPublisherTarget
{
    /// <summary>The port where the address has none.</summary>
    public const int PortDefault = 4952;

    private const int LengthBytes = 8;

    private readonly CounterForm _form = new(secret);
    private readonly ArrayBufferWriter<byte> _json = new(1024);
    private readonly ArrayBufferWriter<byte> _message = new(1024);
    private readonly ArrayBufferWriter<byte> _bytes = new(65_536);
    private Socket? _link;

    public async ValueTask<PublishResult> SendAsync(SampleBatch batch, CancellationToken cancellationToken)
    {
        Encode(batch.Items);
        var problem = await TrySendAsync(cancellationToken).ConfigureAwait(false);
        if (problem is not null)
        {
            problem = await TrySendAsync(cancellationToken).ConfigureAwait(false);
        }

        return problem is null ? PublishResult.Sent : PublishResult.Passing(problem);
    }

    public ValueTask DisposeAsync()
    {
        Close();
        return ValueTask.CompletedTask;
    }

    private async ValueTask<string?> TrySendAsync(CancellationToken cancellationToken)
    {
        var isDone = false;
        try
        {
            var link = await LinkAsync(cancellationToken).ConfigureAwait(false);
            for (var rest = _bytes.WrittenMemory; !rest.IsEmpty;)
            {
                rest = rest[await link.SendAsync(rest, SocketFlags.None, cancellationToken).ConfigureAwait(false)..];
            }

            isDone = true;
            return null;
        }
        catch (SocketException fault)
        {
            return fault.Message;
        }
        finally
        {
            if (!isDone)
            {
                Close();
            }
        }
    }

    private async ValueTask<Socket> LinkAsync(CancellationToken cancellationToken)
    {
        if (_link is not null && IsGone(_link))
        {
            Close();
        }

        if (_link is null)
        {
            _link = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await _link.ConnectAsync(place.Host, place.Port, cancellationToken).ConfigureAwait(false);
        }

        return _link;
    }

    /// <summary>Whether the other end has closed; what it sends is read and forgotten.</summary>
    private static bool IsGone(Socket link)
    {
        Span<byte> unread = stackalloc byte[256];
        while (link.Poll(0, SelectMode.SelectRead))
        {
            if (link.Receive(unread, SocketFlags.None, out var fault) == 0 || fault != SocketError.Success)
            {
                return true;
            }
        }

        return false;
    }

    private void Encode(ReadOnlySpan<Sample> samples)
    {
        _bytes.ResetWrittenCount();
        foreach (ref readonly var sample in samples)
        {
            _json.ResetWrittenCount();
            _message.ResetWrittenCount();
            _form.Write(sample, host, _json);
            var reader = new Utf8JsonReader(_json.WrittenSpan);
            using var message = JsonDocument.ParseValue(ref reader);
            MsgpackWriter.Write(message.RootElement, _message);
            BinaryPrimitives.WriteInt64LittleEndian(_bytes.GetSpan(LengthBytes), _message.WrittenCount);
            _bytes.Advance(LengthBytes);
            _bytes.Write(_message.WrittenSpan);
        }
    }

    private void Close()
    {
        _link?.Dispose();
        _link = null;
    }
}

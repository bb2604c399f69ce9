using System.Buffers;
using Ops.Model;

namespace Ops.Collectors.InfluxLine;

/// <summary>One body of line protocol that comes in pieces. Not safe for concurrent use.</summary>
/// <remarks>
/// Samples are handed over whenever a batch is full, and at the end; a sink that is full makes the caller wait.
/// </remarks>
public sealed class LineProtocolBody : IDisposable
{
    private readonly LinePass? _pass;
    private readonly LineProtocolResult? _refusal;
    private readonly ISampleSink _sink;
    private readonly int _lineBytesMax;
    private readonly SampleBatch _batch = new(SampleBatch.CountMax);
    private byte[] _carry = [];
    private int _carried;

    internal LineProtocolBody(LinePass pass, ISampleSink sink, int lineBytesMax) =>
        (_pass, _sink, _lineBytesMax) = (pass, sink, lineBytesMax);

    internal LineProtocolBody(LineProtocolResult refusal, ISampleSink sink) => (_refusal, _sink) = (refusal, sink);

    /// <summary>Takes a piece, which may end within a line; when done, its bytes may be reused.</summary>
    public async ValueTask FeedAsync(ReadOnlyMemory<byte> piece, CancellationToken cancellationToken)
    {
        if (_pass is null)
        {
            return;
        }

        if (_carried > 0)
        {
            piece = await CloseCarriedAsync(piece, cancellationToken).ConfigureAwait(false);
        }

        if (_carried == 0)
        {
            var used = await ReadAsync(piece, isLast: false, cancellationToken).ConfigureAwait(false);
            Carry(piece[used..]);
        }
        else if (!piece.IsEmpty)
        {
            Carry(piece);
            await ReadCarriedAsync(isLast: false, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Takes the last line, hands on what is left, and says what became of the body.</summary>
    public async ValueTask<LineProtocolResult> FinishAsync(CancellationToken cancellationToken)
    {
        if (_pass is null)
        {
            return _refusal!;
        }

        await ReadCarriedAsync(isLast: true, cancellationToken).ConfigureAwait(false);
        if (_batch.Count > 0)
        {
            await _sink.AcceptAsync(_batch, cancellationToken).ConfigureAwait(false);
            _batch.Clear();
        }

        return _pass.Result;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _batch.Dispose();
        if (_carry.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_carry);
            _carry = [];
        }
    }

    /// <summary>Adds the end of the line that the piece before broke off, and reads it.</summary>
    /// <returns>What follows it.</returns>
    private async ValueTask<ReadOnlyMemory<byte>> CloseCarriedAsync(
        ReadOnlyMemory<byte> piece, CancellationToken cancellationToken)
    {
        var end = piece.Span.IndexOf((byte)'\n');
        var head = end < 0 ? piece : piece[..(end + 1)];
        Carry(head);
        if (end >= 0 || _carried > _lineBytesMax)
        {
            await ReadCarriedAsync(isLast: false, cancellationToken).ConfigureAwait(false);
        }

        return piece[head.Length..];
    }

    private async ValueTask ReadCarriedAsync(bool isLast, CancellationToken cancellationToken)
    {
        var used = await ReadAsync(_carry.AsMemory(0, _carried), isLast, cancellationToken).ConfigureAwait(false);
        _carried -= used;
        _carry.AsSpan(used, _carried).CopyTo(_carry);
    }

    private async ValueTask<int> ReadAsync(ReadOnlyMemory<byte> text, bool isLast, CancellationToken cancellationToken)
    {
        var used = 0;
        while (true)
        {
            used += _pass!.Read(text.Span[used..], isLast, _batch);
            if (!LinePass.IsFull(_batch))
            {
                return used;
            }

            await _sink.AcceptAsync(_batch, cancellationToken).ConfigureAwait(false);
            _batch.Clear();
        }
    }

    private void Carry(ReadOnlyMemory<byte> rest)
    {
        if (_carried + rest.Length > _carry.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(_carried + rest.Length);
            _carry.AsSpan(0, _carried).CopyTo(larger);
            if (_carry.Length > 0)
            {
                ArrayPool<byte>.Shared.Return(_carry);
            }

            _carry = larger;
        }

        rest.Span.CopyTo(_carry.AsSpan(_carried));
        _carried += rest.Length;
    }
}

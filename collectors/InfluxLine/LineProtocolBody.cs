using System.Buffers;
using Ops.Model;

namespace Ops.Collectors.InfluxLine;

/// <summary>One body of line protocol that comes in pieces, which may end within a line. Not safe for concurrent use.</summary>
public sealed class LineProtocolBody : IDisposable
{
    private const int SpareBytes = 128 << 10;

    private readonly LinePass _pass;
    private readonly ISampleSink _sink;
    private readonly SampleBatch _batch = new(SampleBatch.CountMax);
    private byte[] _text;
    private int _filled;

    internal LineProtocolBody(LinePass pass, ISampleSink sink, int lineBytesMax)
    {
        (_pass, _sink) = (pass, sink);
        _text = ArrayPool<byte>.Shared.Rent(lineBytesMax + SpareBytes);
    }

    /// <summary>Takes a piece; full batches go to the sink, waiting where it is full. The piece may be reused afterwards.</summary>
    public async ValueTask FeedAsync(ReadOnlyMemory<byte> piece, CancellationToken cancellationToken)
    {
        while (!piece.IsEmpty)
        {
            var taken = Math.Min(piece.Length, _text.Length - _filled);
            piece.Span[..taken].CopyTo(_text.AsSpan(_filled));
            _filled += taken;
            piece = piece[taken..];
            await ReadAsync(isLast: false, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Takes the last line, hands over what is left, and says what became of the body.</summary>
    public async ValueTask<LineProtocolResult> FinishAsync(CancellationToken cancellationToken)
    {
        await ReadAsync(isLast: true, cancellationToken).ConfigureAwait(false);
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
        if (_text.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_text);
            _text = [];
        }
    }

    private async ValueTask ReadAsync(bool isLast, CancellationToken cancellationToken)
    {
        var used = 0;
        while (true)
        {
            used += _pass.Read(_text.AsSpan(used, _filled - used), isLast, _batch);
            if (!LinePass.IsFull(_batch))
            {
                break;
            }

            await _sink.AcceptAsync(_batch, cancellationToken).ConfigureAwait(false);
            _batch.Clear();
        }

        _text.AsSpan(used, _filled - used).CopyTo(_text);
        _filled -= used;
    }
}

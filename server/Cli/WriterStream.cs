using System.Text;

namespace Ops.Server.Cli;

/// <summary>Hands UTF-8 bytes to a text writer; a real standard output is written to without the detour.</summary>
internal sealed class WriterStream : Stream
{
    private readonly TextWriter _writer;
    private readonly Stream? _direct;
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();

    public WriterStream(TextWriter writer)
    {
        _writer = writer;
        if (ReferenceEquals(writer, System.Console.Out))
        {
            writer.Flush();
            _direct = new BufferedStream(System.Console.OpenStandardOutput(), 1 << 16);
        }
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (_direct is not null)
        {
            _direct.Write(buffer);
            return;
        }

        var chars = new char[Encoding.UTF8.GetMaxCharCount(buffer.Length)];
        _writer.Write(chars, 0, _decoder.GetChars(buffer, chars, flush: false));
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        Write(buffer.AsSpan(offset, count));
        return Task.CompletedTask;
    }

    public override void Flush()
    {
        _direct?.Flush();
        _writer.Flush();
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Flush();
        }

        base.Dispose(disposing);
    }
}

namespace Ops.Rca.Replay;

/// <summary>Splits a stream into lines without copying them.</summary>
internal sealed class LineSource(Stream input)
{
    /// <summary>The longest line, in bytes.</summary>
    public const int LineBytesMax = 16 * 1024 * 1024;

    private byte[] _buffer = new byte[256 * 1024];
    private int _start;
    private int _end;
    private bool _ended;

    /// <summary>The number of the line that was last returned, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>The next line without its end, valid until the next call.</summary>
    public bool Next(out ReadOnlySpan<byte> line)
    {
        var searched = 0;
        while (true)
        {
            var rest = _buffer.AsSpan(_start + searched, _end - _start - searched);
            var at = rest.IndexOf((byte)'\n');
            if (at >= 0)
            {
                line = WithoutMark(_buffer.AsSpan(_start, searched + at));
                _start += searched + at + 1;
                Number++;
                return true;
            }

            if (_ended)
            {
                line = WithoutMark(_buffer.AsSpan(_start, _end - _start));
                _start = _end;
                Number += line.IsEmpty ? 0 : 1;
                return !line.IsEmpty;
            }

            searched = _end - _start;
            Fill();
        }
    }

    /// <summary>The first line without the byte order mark that some editors write before it.</summary>
    private ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> line) =>
        Number == 0 && line.StartsWith("\uFEFF"u8) ? line["\uFEFF"u8.Length..] : line;

    private void Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            if (_buffer.Length >= LineBytesMax)
            {
                Number++;
                throw new ReplayFormatException($"is longer than {LineBytesMax} bytes");
            }

            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = input.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _ended = read == 0;
    }
}

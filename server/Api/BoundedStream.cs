namespace Ops.Server.Api;

/// <summary>A stream for reading that refuses to give more than so many bytes.</summary>
internal sealed class BoundedStream(Stream inner, int bytesMax) : Stream
{
    private long _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    /// <summary>The refusal of a body that is too large: status 413.</summary>
    public static BadHttpRequestException TooLarge(int bytesMax) => new(
        $"the body is larger than {Words(bytesMax)}, which is the most that is taken, packed or unpacked; "
        + "send it in parts", StatusCodes.Status413PayloadTooLarge);

    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Count(await inner.ReadAsync(buffer, cancellationToken));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => Count(inner.Read(buffer, offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private static string Words(int bytes) => bytes >= 1024 * 1024 ? $"{bytes / (1024 * 1024)} MiB"
        : $"{bytes / 1024} KiB";

    private int Count(int bytes)
    {
        _read += bytes;
        return _read <= bytesMax ? bytes : throw TooLarge(bytesMax);
    }
}

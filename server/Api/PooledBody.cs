using System.Buffers;

namespace Ops.Server.Api;

/// <summary>A request's body as a whole, in rented memory.</summary>
internal sealed class PooledBody : IDisposable
{
    private const int BytesAtFirst = 16 * 1024;

    private byte[] _bytes;

    private PooledBody(byte[] bytes, int length) => (_bytes, Length) = (bytes, length);

    /// <summary>How many bytes it has.</summary>
    public int Length { get; }

    /// <summary>The body; not to be used once this is disposed.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes.AsMemory(0, Length);

    /// <summary>Reads a stream to its end; it bounds itself.</summary>
    public static async Task<PooledBody> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(BytesAtFirst);
        var length = 0;
        try
        {
            int read;
            while ((read = await stream.ReadAsync(bytes.AsMemory(length), cancellationToken)) > 0)
            {
                length += read;
                if (length == bytes.Length)
                {
                    var larger = ArrayPool<byte>.Shared.Rent(length * 2);
                    bytes.AsSpan(0, length).CopyTo(larger);
                    ArrayPool<byte>.Shared.Return(bytes);
                    bytes = larger;
                }
            }

            return new PooledBody(bytes, length);
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(bytes);
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = [];
        }
    }
}

using System.Buffers;

namespace Ops.Collectors.Http;

/// <summary>The body of an answer, up to a limit, in rented room.</summary>
internal sealed class BodyBuffer : IDisposable
{
    private const int FirstBytes = 16 << 10;

    private byte[] _bytes = [];
    private int _length;

    /// <summary>What was read.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    /// <summary>Reads to the end, or until there is more than the limit.</summary>
    /// <returns>Whether the body is whole.</returns>
    public async Task<bool> ReadAsync(Stream body, int bytesMax, CancellationToken cancellationToken)
    {
        _length = 0;
        while (true)
        {
            if (_length == _bytes.Length)
            {
                Grow(bytesMax);
            }

            var room = _bytes.AsMemory(_length, Math.Min(_bytes.Length, bytesMax + 1) - _length);
            var read = await body.ReadAsync(room, cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                return true;
            }

            _length += read;
            if (_length > bytesMax)
            {
                _length = bytesMax;
                return false;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
        }

        (_bytes, _length) = ([], 0);
    }

    private void Grow(int bytesMax)
    {
        var wanted = Math.Max(FirstBytes, _bytes.Length * 2L);
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(wanted, bytesMax + 1L));
        Bytes.CopyTo(larger);
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
        }

        _bytes = larger;
    }
}

using System.Buffers.Text;
using System.Text;

namespace Ops.Pipeline.Publishers.Delivery;

/// <summary>A body that grows and is used again: bytes, UTF-8 text and numbers. Nothing is allocated once it has the
/// size it needs.</summary>
internal sealed class ByteText(int capacity = 64 << 10)
{
    /// <summary>The most that one body may hold: 1 GiB.</summary>
    public const int BytesMax = 1 << 30;

    private const int NumberBytesMax = 32;
    private const double WholeMax = 1e15;

    private byte[] _bytes = new byte[capacity];
    private int _count;

    /// <summary>How many bytes there are.</summary>
    public int Count => _count;

    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> Memory => _bytes.AsMemory(0, _count);

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Span => _bytes.AsSpan(0, _count);

    /// <summary>Bytes that are there already, to write over.</summary>
    public Span<byte> At(int start, int count) => _bytes.AsSpan(start, count);

    /// <summary>Forgets what is there, or all after the first <paramref name="count"/> bytes.</summary>
    public void Cut(int count = 0) => _count = count;

    /// <summary>Room for so many bytes at the end; <see cref="Advance"/> says how many were used.</summary>
    public Span<byte> Room(int bytes)
    {
        if (_bytes.Length - _count < bytes)
        {
            Grow(bytes);
        }

        return _bytes.AsSpan(_count);
    }

    /// <summary>Says how many bytes of <see cref="Room"/> were used.</summary>
    public void Advance(int bytes) => _count += bytes;

    public void Add(byte one)
    {
        Room(1)[0] = one;
        _count++;
    }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        _count += bytes.Length;
    }

    /// <summary>Adds text as UTF-8.</summary>
    public void Add(string text)
    {
        var room = Room(Encoding.UTF8.GetMaxByteCount(text.Length));
        _count += Encoding.UTF8.GetBytes(text, room);
    }

    /// <summary>Adds a whole number.</summary>
    public void Add(long number)
    {
        Utf8Formatter.TryFormat(number, Room(NumberBytesMax), out var written);
        _count += written;
    }

    /// <summary>Adds a finite number in digits that read back as the same double.</summary>
    /// <remarks>
    /// Whole numbers and those of two decimals, which most measurements are, go a short way: where
    /// <c>round(100 v) / 100</c> is <c>v</c> again, the two-decimal text is read back as <c>v</c>, since a quotient of
    /// two exact doubles is the double nearest to it.
    /// </remarks>
    public void Add(double number)
    {
        if (Math.Abs(number) < WholeMax && (number != 0 || !double.IsNegative(number)))
        {
            if ((long)number == number)
            {
                Add((long)number);
                return;
            }

            var hundredths = Math.Round(number * 100);
            if (hundredths / 100 == number && Math.Abs(hundredths) < WholeMax)
            {
                AddHundredths((long)hundredths);
                return;
            }
        }

        number.TryFormat(Room(NumberBytesMax), out var written, default, System.Globalization.CultureInfo
            .InvariantCulture);
        _count += written;
    }

    private void AddHundredths(long hundredths)
    {
        if (hundredths < 0)
        {
            Add((byte)'-');
            hundredths = -hundredths;
        }

        var (whole, rest) = Math.DivRem(hundredths, 100);
        Add(whole);
        var room = Room(3);
        var (tens, ones) = Math.DivRem(rest, 10);
        room[0] = (byte)'.';
        room[1] = (byte)('0' + tens);
        room[2] = (byte)('0' + ones);
        _count += ones == 0 ? 2 : 3;
    }

    private void Grow(int bytes)
    {
        var needed = (long)_count + bytes;
        if (needed > BytesMax)
        {
            throw new InvalidOperationException($"a body of more than {BytesMax} bytes was asked for");
        }

        Array.Resize(ref _bytes, (int)Math.Min(BytesMax, Math.Max(needed, _bytes.Length * 2L)));
    }
}

using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Ops.Pipeline.Publishers.Spill;

/// <summary>A file of records: appended at its end, read from its beginning, deleted when all is read.</summary>
/// <remarks>
/// File: the eight characters <c>OPSSPIL1</c>, the offset of the next record to read (8 bytes), then records of length
/// (4 bytes), CRC-32C of what follows (4), count of items (4), payload. Numbers are little-endian. Not safe for
/// concurrent use.
/// </remarks>
internal sealed class SpillSegment : IDisposable
{
    /// <summary>The longest payload.</summary>
    public const int PayloadBytesMax = 64 << 20;

    private const int HeadBytes = 16;
    private const int FrameBytes = 12;
    private static readonly byte[] _magic = Encoding.ASCII.GetBytes("OPSSPIL1");

    private readonly string _path;
    private readonly SafeFileHandle _file;
    private long _readAt = HeadBytes;

    private SpillSegment(string path, SafeFileHandle file)
    {
        _path = path;
        _file = file;
    }

    /// <summary>How long the file is.</summary>
    public long Bytes { get; private set; } = HeadBytes;

    /// <summary>How many items are left to read.</summary>
    public long Items { get; private set; }

    /// <summary>Whether all is read.</summary>
    public bool IsRead => _readAt >= Bytes;

    /// <summary>How many bytes a payload takes in a file.</summary>
    public static long BytesOf(int payload) => FrameBytes + payload;

    /// <summary>Makes an empty file.</summary>
    public static SpillSegment Create(string path)
    {
        var file = File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite, FileShare.Read);
        try
        {
            Span<byte> head = stackalloc byte[HeadBytes];
            _magic.CopyTo(head);
            BinaryPrimitives.WriteInt64LittleEndian(head[8..], HeadBytes);
            RandomAccess.Write(file, head, 0);
            return new SpillSegment(path, file);
        }
        catch (IOException)
        {
            file.Dispose();
            File.Delete(path);
            throw;
        }
    }

    /// <summary>Opens a file that was left behind, and cuts off what is not whole at its end.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cut">How many bytes were cut off.</param>
    public static SpillSegment Open(string path, out long cut)
    {
        var segment = new SpillSegment(
            path, File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read));
        cut = segment.Recover();
        return segment;
    }

    /// <summary>Appends a record; after an exception the file is as before.</summary>
    /// <exception cref="IOException">The disk refused.</exception>
    public void Append(ReadOnlySpan<byte> payload, int items)
    {
        Span<byte> frame = stackalloc byte[FrameBytes];
        BinaryPrimitives.WriteInt32LittleEndian(frame, payload.Length);
        BinaryPrimitives.WriteInt32LittleEndian(frame[8..], items);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[4..], Checksum(frame[8..], payload));
        try
        {
            RandomAccess.Write(_file, frame, Bytes);
            RandomAccess.Write(_file, payload, Bytes + FrameBytes);
        }
        catch (IOException)
        {
            RandomAccess.SetLength(_file, Bytes);
            throw;
        }

        Bytes += FrameBytes + payload.Length;
        Items += items;
    }

    /// <summary>Reads the next record and stays before it; null when it is damaged.</summary>
    public byte[]? Peek(out int items)
    {
        items = 0;
        try
        {
            return Read(_readAt, Bytes, out items);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Goes past the record that was read.</summary>
    public void Skip(int payload, int items)
    {
        _readAt += FrameBytes + payload;
        Items -= items;
        Span<byte> offset = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(offset, _readAt);
        try
        {
            RandomAccess.Write(_file, offset, 8);
        }
        catch (IOException)
        {
            // Without it a record may be sent again after a restart, but none is lost.
        }
    }

    /// <summary>Closes and deletes the file.</summary>
    public void Delete()
    {
        Dispose();
        try
        {
            File.Delete(_path);
        }
        catch (IOException)
        {
            // It is all read; the next start deletes it.
        }
    }

    public void Dispose() => _file.Dispose();

    private static uint Checksum(ReadOnlySpan<byte> items, ReadOnlySpan<byte> payload)
    {
        var crc = uint.MaxValue;
        crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt32LittleEndian(items));
        while (payload.Length >= 8)
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(payload));
            payload = payload[8..];
        }

        foreach (var one in payload)
        {
            crc = BitOperations.Crc32C(crc, one);
        }

        return ~crc;
    }

    private byte[]? Read(long at, long end, out int items)
    {
        Span<byte> frame = stackalloc byte[FrameBytes];
        items = 0;
        if (end - at < FrameBytes || RandomAccess.Read(_file, frame, at) < FrameBytes)
        {
            return null;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(frame);
        items = BinaryPrimitives.ReadInt32LittleEndian(frame[8..]);
        if (length is < 0 or > PayloadBytesMax || items < 0 || length > end - at - FrameBytes)
        {
            return null;
        }

        var payload = new byte[length];
        var read = RandomAccess.Read(_file, payload, at + FrameBytes);
        return read == length
            && BinaryPrimitives.ReadUInt32LittleEndian(frame[4..]) == Checksum(frame[8..], payload)
            ? payload
            : null;
    }

    private long Recover()
    {
        var length = RandomAccess.GetLength(_file);
        Span<byte> head = stackalloc byte[HeadBytes];
        if (length < HeadBytes || RandomAccess.Read(_file, head, 0) < HeadBytes || !head.StartsWith(_magic))
        {
            RandomAccess.SetLength(_file, 0);
            _readAt = Bytes = 0;
            return length;
        }

        var next = BinaryPrimitives.ReadInt64LittleEndian(head[8..]);
        var (at, total, left, isBoundary) = ((long)HeadBytes, 0L, 0L, false);
        while (Read(at, length, out var items) is { } payload)
        {
            isBoundary |= at == next;
            total += items;
            left += at >= next ? items : 0;
            at += FrameBytes + payload.Length;
        }

        isBoundary |= at == next;
        _readAt = isBoundary ? next : HeadBytes;
        Items = isBoundary ? left : total;
        Bytes = at;
        if (at < length)
        {
            RandomAccess.SetLength(_file, at);
        }

        return length - at;
    }
}

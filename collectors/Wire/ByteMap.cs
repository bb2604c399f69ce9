using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Ops.Collectors.Wire;

/// <summary>Finds what is known of some bytes below a parent, without allocating.</summary>
/// <remarks>
/// Open addressing, linear probing, hashes kept apart, seeded per process. Reading takes no lock: an entry is written
/// before its hash, and a table is only ever added to. When it is full, in keys or in bytes, it is emptied, which costs
/// each key one more parse.
/// </remarks>
/// <param name="keysMax">Keys that are remembered.</param>
/// <param name="bytesMax">Bytes of all keys together.</param>
internal sealed class ByteMap<T>(int keysMax, long bytesMax = ByteMap<T>.KeyBytesMax)
    where T : class
{
    /// <summary>The most bytes that the keys of one map take: 256 MiB.</summary>
    public const long KeyBytesMax = 256L << 20;

    private const ulong Multiplier = 0x9E37_79B9_7F4A_7C15;
    private const int SizeAtFirst = 64;

    private static readonly ulong Seed =
        BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(ulong)));

    private readonly Lock _growth = new();
    private volatile Table _table = new(SizeAtFirst);
    private long _keyBytes;

    /// <summary>How many keys it holds.</summary>
    public int Count => _table.Count;

    /// <summary>What is known, or null.</summary>
    /// <param name="parent">Tells equal bytes of different parents apart.</param>
    /// <param name="key">The bytes.</param>
    public T? Find(long parent, ReadOnlySpan<byte> key)
    {
        var hash = Hash(parent, key);
        var table = _table;
        for (var slot = hash & table.Mask; ; slot = (slot + 1) & table.Mask)
        {
            var found = Volatile.Read(ref table.Hashes[slot]);
            if (found == 0)
            {
                return null;
            }

            if (found == hash && table.Entries[slot] is { } entry && entry.Parent == parent
                && key.SequenceEqual(entry.Key))
            {
                return entry.Value;
            }
        }
    }

    /// <summary>Remembers something, or returns what is remembered already.</summary>
    public T Add(long parent, ReadOnlySpan<byte> key, T value)
    {
        lock (_growth)
        {
            if (Find(parent, key) is { } known)
            {
                return known;
            }

            if (_table.Count >= keysMax || _keyBytes + key.Length > bytesMax)
            {
                _table = new Table(SizeAtFirst);
                _keyBytes = 0;
            }
            else if (_table.Count * 2 >= _table.Entries.Length)
            {
                _table = _table.Grown();
            }

            _keyBytes += key.Length;
            _table.Put(Hash(parent, key), new Entry(parent, key.ToArray(), value));
            return value;
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        lock (_growth)
        {
            (_table, _keyBytes) = (new Table(SizeAtFirst), 0);
        }
    }

    /// <summary>Never 0, which marks a free slot.</summary>
    private static uint Hash(long parent, ReadOnlySpan<byte> key)
    {
        var hash = Mix(Seed ^ (ulong)parent ^ ((ulong)key.Length << 48));
        while (key.Length >= sizeof(ulong))
        {
            hash = Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(key));
            key = key[sizeof(ulong)..];
        }

        var tail = 0UL;
        for (var i = 0; i < key.Length; i++)
        {
            tail |= (ulong)key[i] << (8 * i);
        }

        return (uint)(Mix(hash ^ tail) >> 32) | 0x8000_0000;
    }

    private static ulong Mix(ulong value)
    {
        var high = Math.BigMul(value, Multiplier, out var low);
        return high ^ low;
    }

    private sealed record Entry(long Parent, byte[] Key, T Value);

    private sealed class Table(int size)
    {
        public readonly uint[] Hashes = new uint[size];
        public readonly Entry?[] Entries = new Entry?[size];

        public int Count { get; private set; }

        public uint Mask => (uint)Entries.Length - 1;

        public void Put(uint hash, Entry entry)
        {
            var slot = hash & Mask;
            while (Hashes[slot] != 0)
            {
                slot = (slot + 1) & Mask;
            }

            Entries[slot] = entry;
            Volatile.Write(ref Hashes[slot], hash);
            Count++;
        }

        public Table Grown()
        {
            var larger = new Table(Entries.Length * 2);
            for (var slot = 0; slot < Hashes.Length; slot++)
            {
                if (Hashes[slot] != 0)
                {
                    larger.Put(Hashes[slot], Entries[slot]!);
                }
            }

            return larger;
        }
    }
}

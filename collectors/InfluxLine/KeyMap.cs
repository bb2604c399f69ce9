using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Ops.Collectors.InfluxLine;

/// <summary>
/// Finds the entry of a key's bytes without allocating: open addressing, linear probing, hashes kept apart.
/// </summary>
/// <remarks>
/// Reading takes no lock: an entry is written before its hash, and a table is never changed but by adding. When it is
/// full it is emptied, which costs each key one more parse. The hash is seeded per process.
/// </remarks>
internal sealed class KeyMap(int keysMax)
{
    private const ulong Multiplier = 0x9E37_79B9_7F4A_7C15;

    private static readonly ulong Seed =
        BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(ulong)));

    private readonly Lock _growth = new();
    private volatile Table _table = new(256);

    /// <summary>How many keys it holds.</summary>
    public int Count => _table.Count;

    /// <summary>The entry of a key, or null.</summary>
    public KeyEntry? Find(ReadOnlySpan<byte> key)
    {
        var hash = Hash(key);
        var table = _table;
        for (var slot = hash & table.Mask; ; slot = (slot + 1) & table.Mask)
        {
            var found = Volatile.Read(ref table.Hashes[slot]);
            if (found == 0)
            {
                return null;
            }

            if (found == hash && table.Entries[slot] is { } entry && key.SequenceEqual(entry.Key))
            {
                return entry;
            }
        }
    }

    /// <summary>Adds an entry, or returns the one that is there already.</summary>
    public KeyEntry Add(KeyEntry entry)
    {
        lock (_growth)
        {
            if (Find(entry.Key) is { } known)
            {
                return known;
            }

            if (_table.Count >= keysMax)
            {
                _table = new Table(256);
            }
            else if (_table.Count * 2 >= _table.Entries.Length)
            {
                _table = _table.Grown();
            }

            _table.Put(Hash(entry.Key), entry);
            return entry;
        }
    }

    /// <summary>Never 0, which marks a free slot.</summary>
    private static uint Hash(ReadOnlySpan<byte> key)
    {
        var hash = Seed ^ (ulong)key.Length;
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

    private sealed class Table(int size)
    {
        public readonly uint[] Hashes = new uint[size];
        public readonly KeyEntry?[] Entries = new KeyEntry?[size];

        public int Count { get; private set; }

        public uint Mask => (uint)Entries.Length - 1;

        public void Put(uint hash, KeyEntry entry)
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

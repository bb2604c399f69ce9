namespace Ops.Rca.Evaluation;

/// <summary>
/// Sets of classes, each kept once and numbered; set 0 is empty. A vertex bears the number of its set.
/// </summary>
internal sealed class ClassSets
{
    private readonly Dictionary<int[], int> _numbers = new(new ByContent());
    private readonly Dictionary<int[], int>.AlternateLookup<ReadOnlySpan<int>> _lookup;
    private int[][] _members = new int[16][];
    private ulong[][] _bits = new ulong[16][];
    private int _count;

    public ClassSets()
    {
        _lookup = _numbers.GetAlternateLookup<ReadOnlySpan<int>>();
        Of([]);
    }

    /// <summary>The classes of a set, ascending.</summary>
    public int[] this[int set] => _members[set];

    /// <summary>Whether a set holds a class.</summary>
    public bool Has(int set, int vertexClass)
    {
        var bits = _bits[set];
        var word = vertexClass >> 6;
        return (uint)word < (uint)bits.Length && (bits[word] & (1UL << (vertexClass & 63))) != 0;
    }

    /// <summary>The number of the set of those classes, which must be ascending.</summary>
    public int Of(ReadOnlySpan<int> classes)
    {
        if (_lookup.TryGetValue(classes, out var number))
        {
            return number;
        }

        if (_count == _members.Length)
        {
            Array.Resize(ref _members, _count * 2);
            Array.Resize(ref _bits, _count * 2);
        }

        var members = classes.ToArray();
        var bits = new ulong[members.Length == 0 ? 0 : (members[^1] >> 6) + 1];
        foreach (var member in members)
        {
            bits[member >> 6] |= 1UL << (member & 63);
        }

        (_members[_count], _bits[_count]) = (members, bits);
        _numbers.Add(members, _count);
        return _count++;
    }

    private sealed class ByContent : IEqualityComparer<int[]>, IAlternateEqualityComparer<ReadOnlySpan<int>, int[]>
    {
        public bool Equals(int[]? x, int[]? y) => x.AsSpan().SequenceEqual(y);

        public bool Equals(ReadOnlySpan<int> alternate, int[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(int[] obj) => GetHashCode(obj.AsSpan());

        public int GetHashCode(ReadOnlySpan<int> alternate)
        {
            var hash = 17UL;
            foreach (var member in alternate)
            {
                hash = (hash ^ (uint)member) * 0x9E3779B97F4A7C15;
                hash ^= hash >> 29;
            }

            return (int)hash;
        }

        public int[] Create(ReadOnlySpan<int> alternate) => alternate.ToArray();
    }
}

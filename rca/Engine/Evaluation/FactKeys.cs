namespace Ops.Rca.Evaluation;

/// <summary>Two numbers as a dictionary key, well mixed: keys that differ little must not fall together.</summary>
internal readonly struct PairKey(int first, int second) : IEquatable<PairKey>
{
    private readonly ulong _both = ((ulong)(uint)first << 32) | (uint)second;

    public bool Equals(PairKey other) => _both == other._both;

    public override bool Equals(object? obj) => obj is PairKey other && Equals(other);

    public override int GetHashCode()
    {
        var mixed = (_both ^ (_both >> 32)) * 0x9E3779B97F4A7C15;
        return (int)(mixed >> 32);
    }
}

/// <summary>An action with the vertices of a match in ascending order.</summary>
internal readonly struct RunKey(CompiledAction action, int[] sorted) : IEquatable<RunKey>
{
    private readonly CompiledAction _action = action;
    private readonly int[] _sorted = sorted;

    public bool Equals(RunKey other) =>
        ReferenceEquals(_action, other._action) && _sorted.AsSpan().SequenceEqual(other._sorted);

    public override bool Equals(object? obj) => obj is RunKey other && Equals(other);

    public override int GetHashCode()
    {
        var hash = (uint)System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(_action);
        foreach (var vertex in _sorted)
        {
            hash = (hash ^ (uint)vertex) * 0x9E3779B1;
            hash ^= hash >> 15;
        }

        return (int)hash;
    }
}

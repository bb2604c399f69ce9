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

/// <summary>
/// An action with what each entity of its template stands for: clauses that bind the same alike are one match.
/// </summary>
internal readonly struct RunKey : IEquatable<RunKey>
{
    private readonly CompiledAction _action;
    private readonly (string Id, int Vertex)[] _bound;

    public RunKey(CompiledAction action, string[] ids, int[] match)
    {
        _action = action;
        _bound = [.. ids.Zip(match)];
        Array.Sort(_bound, (left, right) => string.CompareOrdinal(left.Id, right.Id));
    }

    public bool Equals(RunKey other) =>
        ReferenceEquals(_action, other._action) && _bound.AsSpan().SequenceEqual(other._bound);

    public override bool Equals(object? obj) => obj is RunKey other && Equals(other);

    public override int GetHashCode()
    {
        var hash = (uint)System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(_action);
        foreach (var (_, vertex) in _bound)
        {
            hash = (hash ^ (uint)vertex) * 0x9E3779B1;
            hash ^= hash >> 15;
        }

        return (int)hash;
    }
}

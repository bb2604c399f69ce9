namespace Ops.Rca.Evaluation;

/// <summary>
/// Counts, for each anchor vertex, the vertices of a class that have a certain relation to it: the violators of
/// <c>NOT other [label] anchor</c>. Templates that negate the same share one.
/// </summary>
internal sealed class Watch(int label, bool outward, VertexClass other)
{
    private readonly Dictionary<int, int> _counts = [];

    public int Label => label;

    /// <summary>Whether the relation runs from the anchor to the other.</summary>
    public bool Outward => outward;

    public VertexClass Other => other;

    /// <summary>Where it is used, in clauses that can match at present.</summary>
    public RoleList<WatchRole> Roles { get; } = new();

    /// <summary>How many clauses use it at all.</summary>
    public int Uses { get; set; }

    /// <summary>How many violators an anchor has.</summary>
    public int Count(int anchor) => _counts.GetValueOrDefault(anchor);

    /// <summary>Counts one more or one less.</summary>
    public void Add(int anchor, int sign)
    {
        ref var count = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(
            _counts, anchor, out _);
        count += sign;
        if (count == 0)
        {
            _counts.Remove(anchor);
        }
    }
}

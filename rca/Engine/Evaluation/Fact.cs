namespace Ops.Rca.Evaluation;

/// <summary>How many matches of one action hold a fact up, with which word.</summary>
internal struct Support
{
    /// <summary>The action.</summary>
    public CompiledAction Action;

    /// <summary>The severity's or state's symbol; -1 where the fact has no word.</summary>
    public int Word;

    /// <summary>How many matches.</summary>
    public int Count;

    /// <summary>Since when there is any, in ticks UTC.</summary>
    public long SinceTicks;
}

/// <summary>Something that scenarios deduce, with all that holds it up.</summary>
/// <remarks>
/// A fact whose support shrank may be left with derivations that rest on the fact itself. So it is suspended: supports
/// that are recursive do not count until everything that follows from that has settled; what still has support then
/// comes back. That leaves no circle that only holds itself up.
/// </remarks>
internal abstract class Fact
{
    /// <summary>Not queued, or not suspended.</summary>
    public const int Never = int.MaxValue;

    private Support[] _supports = [];

    /// <summary>How many supports there are, those without matches included.</summary>
    public int SupportCount { get; private set; }

    /// <summary>The level it is queued at, or <see cref="Never"/>.</summary>
    public int QueuedAt { get; set; } = Never;

    /// <summary>The level that must settle before recursive supports count again, or <see cref="Never"/>.</summary>
    public int SuspendedFrom { get; set; } = Never;

    /// <summary>The line in which it was last touched.</summary>
    public int TouchedAt { get; set; }

    /// <summary>The supports, those without matches included.</summary>
    public ReadOnlySpan<Support> Supports => _supports.AsSpan(0, SupportCount);

    /// <summary>Whether any match holds it up.</summary>
    public bool IsHeld
    {
        get
        {
            foreach (ref readonly var support in Supports)
            {
                if (support.Count > 0)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>The level of an action where it supports this fact.</summary>
    protected virtual int LevelOf(CompiledAction action) => action.Level;

    /// <summary>Whether an action's support of this fact may rest on the fact.</summary>
    protected virtual bool IsRecursive(CompiledAction action) => action.Recursive;

    /// <summary>Whether any template lets facts like this one rest on themselves.</summary>
    protected virtual bool MayRestOnItself(CompiledAction action) => action.MeetsRecursion;

    /// <summary>Counts a match more or less.</summary>
    /// <returns>The level at which to look at the fact again, or <see cref="Never"/>.</returns>
    public int Add(CompiledAction action, int word, int sign, long nowTicks)
    {
        for (var i = 0; i < SupportCount; i++)
        {
            ref var support = ref _supports[i];
            if (ReferenceEquals(support.Action, action) && support.Word == word)
            {
                support.Count += sign;
                var crossed = support.Count == (sign > 0 ? 1 : 0);
                var suspends = sign < 0 && MayRestOnItself(action) && Suspend(LevelOf(action));
                return crossed || suspends ? LevelOf(action) : Never;
            }
        }

        if (SupportCount == _supports.Length)
        {
            Array.Resize(ref _supports, Math.Max(1, SupportCount * 2));
        }

        _supports[SupportCount++] = new Support { Action = action, Word = word, Count = sign, SinceTicks = nowTicks };
        return LevelOf(action);
    }

    /// <summary>Whether a support counts at present.</summary>
    public bool Counts(in Support support) =>
        support.Count > 0 && (SuspendedFrom == Never || !IsRecursive(support.Action));

    /// <summary>Says since when all supports are there, where they were restored.</summary>
    public void Since(long ticks)
    {
        for (var i = 0; i < SupportCount; i++)
        {
            _supports[i].SinceTicks = ticks;
        }
    }

    /// <summary>Forgets the supports without matches.</summary>
    public void Sweep()
    {
        var kept = 0;
        for (var i = 0; i < SupportCount; i++)
        {
            if (_supports[i].Count != 0)
            {
                _supports[kept++] = _supports[i];
            }
        }

        Array.Clear(_supports, kept, SupportCount - kept);
        SupportCount = kept;
    }

    /// <summary>
    /// Stops recursive supports from counting, those too that are yet to come before all has settled: they may be found
    /// by way of this very fact. Says whether that is new.
    /// </summary>
    private bool Suspend(int level)
    {
        if (SuspendedFrom <= level)
        {
            return false;
        }

        SuspendedFrom = level;
        return true;
    }
}

/// <summary>An alarm by that name on that vertex; the worst severity wins.</summary>
internal sealed class AlarmFact(int name, int target, int vertex) : Fact
{
    public int Name => name;

    public int Target => target;

    /// <summary>Its vertex, live while the alarm is.</summary>
    public int Vertex => vertex;

    /// <summary>The severity's symbol, or -1 while it is not raised.</summary>
    public int Severity { get; set; } = -1;

    /// <summary>The severity before the current line.</summary>
    public int SeverityBefore { get; set; } = -1;

    /// <summary>Whether the vertex has its edge to the target.</summary>
    public bool IsPlaced { get; set; }
}

/// <summary>The state that scenarios set on a vertex; the worst wins.</summary>
internal sealed class StateFact(int target) : Fact
{
    public int Target => target;

    /// <summary>The state's symbol, or -1.</summary>
    public int State { get; set; } = -1;
}

/// <summary>A vertex is marked down.</summary>
internal sealed class MarkFact(int target) : Fact
{
    public int Target => target;

    public bool IsMarked { get; set; }

    public bool WasMarked { get; set; }
}

/// <summary>One alarm causes another.</summary>
internal sealed class CauseFact(int cause, int effect) : Fact
{
    public int Cause => cause;

    public int Effect => effect;

    public bool Holds { get; set; }

    public bool HeldBefore { get; set; }

    protected override int LevelOf(CompiledAction action) => action.CauseLevel;

    protected override bool IsRecursive(CompiledAction action) => action.CauseRecursive;

    protected override bool MayRestOnItself(CompiledAction action) => action.CauseMeetsRecursion;
}

/// <summary>
/// A workflow to run for a match: the scenario's action with the vertices of the match, whatever their order.
/// </summary>
internal sealed class RunFact(ClauseAction action, int[] match) : Fact
{
    public ClauseAction Action => action;

    /// <summary>The vertices by place of the clause that <see cref="Clause"/> names.</summary>
    public int[] Match => match;

    public required CompiledClause Clause { get; init; }

    public required RunKey Key { get; init; }

    public bool WasHeld { get; set; }
}

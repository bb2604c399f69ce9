namespace Ops.Rca.Evaluation;

/// <summary>The facts to look at again, lowest level first; and those suspended, by level.</summary>
internal sealed class SettleQueue
{
    private readonly List<Stack<Fact>> _queued = [];
    private readonly List<List<Fact>> _suspended = [];
    private int _lowestQueued = int.MaxValue;
    private int _lowestSuspended = int.MaxValue;

    /// <summary>Queues a fact at a level, unless it is queued at that or a lower one.</summary>
    public void Add(Fact fact, int level)
    {
        if (fact.SuspendedFrom == level)
        {
            Level(_suspended, level).Add(fact);
            _lowestSuspended = Math.Min(_lowestSuspended, level);
        }

        if (fact.QueuedAt <= level)
        {
            return;
        }

        fact.QueuedAt = level;
        Level(_queued, level).Push(fact);
        _lowestQueued = Math.Min(_lowestQueued, level);
    }

    /// <summary>
    /// The next fact; null when all is settled. Facts of a level resume once nothing at or below it is queued.
    /// </summary>
    public Fact? Next()
    {
        while (true)
        {
            _lowestQueued = Lowest(_queued, _lowestQueued, stack => stack.Count);
            _lowestSuspended = Lowest(_suspended, _lowestSuspended, list => list.Count);
            if (_lowestSuspended < _lowestQueued)
            {
                Resume(_suspended[_lowestSuspended], _lowestSuspended);
            }
            else if (_lowestQueued == int.MaxValue)
            {
                return null;
            }
            else if (_queued[_lowestQueued].Pop() is var fact && fact.QueuedAt == _lowestQueued)
            {
                fact.QueuedAt = Fact.Never;
                return fact;
            }
        }
    }

    private void Resume(List<Fact> suspended, int level)
    {
        foreach (var fact in suspended)
        {
            if (fact.SuspendedFrom == level)
            {
                fact.SuspendedFrom = Fact.Never;
                fact.QueuedAt = Math.Min(fact.QueuedAt, level);
                Level(_queued, level).Push(fact);
                _lowestQueued = Math.Min(_lowestQueued, level);
            }
        }

        suspended.Clear();
    }

    private static int Lowest<T>(List<T> levels, int from, Func<T, int> count)
    {
        for (var level = from; level < levels.Count; level++)
        {
            if (count(levels[level]) > 0)
            {
                return level;
            }
        }

        return int.MaxValue;
    }

    private static T Level<T>(List<T> levels, int level)
        where T : new()
    {
        while (levels.Count <= level)
        {
            levels.Add(new T());
        }

        return levels[level];
    }
}

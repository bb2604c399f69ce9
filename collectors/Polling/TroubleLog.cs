namespace Ops.Collectors.Polling;

/// <summary>Says what went wrong once as long as it lasts, and once when it is well again. Safe for concurrent use.
/// </summary>
/// <param name="report">Takes one line for people.</param>
internal sealed class TroubleLog(Action<string> report)
{
    /// <summary>The most troubles that are told apart at a time; further ones are not said.</summary>
    public const int CountMax = 1000;

    private readonly Lock _lock = new();
    private readonly HashSet<string> _said = new(StringComparer.Ordinal);

    /// <summary>Says that something is wrong, unless it was said already.</summary>
    /// <param name="what">What is in trouble: the key that <see cref="Heal"/> takes.</param>
    /// <param name="line">The line.</param>
    public void Say(string what, string line)
    {
        lock (_lock)
        {
            if (_said.Count >= CountMax || !_said.Add(what))
            {
                return;
            }
        }

        report(line);
    }

    /// <summary>Says that something is well again, if it was said to be wrong.</summary>
    public void Heal(string what, string line)
    {
        lock (_lock)
        {
            if (!_said.Remove(what))
            {
                return;
            }
        }

        report(line);
    }

    /// <summary>Forgets troubles without a word.</summary>
    public void Forget(Predicate<string> which)
    {
        lock (_lock)
        {
            _said.RemoveWhere(which);
        }
    }
}

namespace Ops.Collectors.Machine;

/// <summary>Lets one part fail without the others: counts, and says each kind of fault once.</summary>
internal sealed class FaultLog(Action<string>? log)
{
    /// <summary>The most kinds of fault that are told apart.</summary>
    public const int KindsMax = 256;

    private readonly HashSet<(string Part, string Message)> _said = [];
    private readonly HashSet<string> _failing = [];

    /// <summary>How many attempts failed.</summary>
    public long Count { get; private set; }

    /// <summary>The newest fault, or empty.</summary>
    public string Last { get; private set; } = "";

    /// <summary>Whether some part failed the last time it was tried.</summary>
    public bool IsFailing => _failing.Count > 0;

    /// <summary>Does something, and notes when it fails.</summary>
    public bool Try(string part, Action action)
    {
        try
        {
            action();
            _failing.Remove(part);
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Note(part, e);
            return false;
        }
    }

    /// <summary>Does something that takes time, and notes when it fails.</summary>
    public async Task<bool> TryAsync(string part, Func<Task> action)
    {
        try
        {
            await action().ConfigureAwait(false);
            _failing.Remove(part);
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Note(part, e);
            return false;
        }
    }

    /// <summary>Says something once.</summary>
    public void Say(string part, string message)
    {
        if (_said.Count < KindsMax && _said.Add((part, message)))
        {
            log?.Invoke($"machine: {part}: {message}");
        }
    }

    private void Note(string part, Exception e)
    {
        Count++;
        _failing.Add(part);
        Last = $"{part}: {e.Message}";
        Say(part, e.Message);
    }
}

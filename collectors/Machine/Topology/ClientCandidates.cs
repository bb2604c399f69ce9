namespace Ops.Collectors.Machine.Topology;

/// <summary>Processes that are connected but not known yet: they are noticed when they stay so for a while.</summary>
/// <remarks>Keeps what is short-lived, such as a curl, out of the graph.</remarks>
internal sealed class ClientCandidates(double noticeSeconds)
{
    private readonly Dictionary<(int Id, long StartTicks), double> _since = [];
    private readonly HashSet<(int Id, long StartTicks)> _connected = [];

    /// <summary>Begins a poll.</summary>
    public void Begin() => _connected.Clear();

    /// <summary>Notes that a process is connected; false when this poll knew already.</summary>
    public bool See(ProcessEntry process) => _connected.Add((process.Id, process.StartTicks));

    /// <summary>Whether the process was connected in every poll for long enough.</summary>
    public bool IsNoticed(ProcessEntry process, double seconds)
    {
        var key = (process.Id, process.StartTicks);
        if (_since.TryGetValue(key, out var since))
        {
            return seconds - since >= noticeSeconds;
        }

        _since[key] = seconds;
        return false;
    }

    /// <summary>Ends a poll: who was not connected in it begins anew.</summary>
    public void End()
    {
        foreach (var candidate in _since.Keys)
        {
            if (!_connected.Contains(candidate))
            {
                _since.Remove(candidate);
            }
        }
    }
}

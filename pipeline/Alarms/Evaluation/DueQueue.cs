namespace Ops.Alarms.Evaluation;

/// <summary>Which alarms want to be looked at when, soonest first.</summary>
/// <remarks>
/// An alarm has one live entry, its <see cref="Watch.ScheduledNs"/>; entries that no longer agree with it are passed
/// over. An entry may fire before anything is due: the alarm then says when to come again. So a steady stream of
/// samples costs one entry a window, not one a sample.
/// </remarks>
internal sealed class DueQueue
{
    private readonly PriorityQueue<Watch, long> _entries = new();

    public long NextNs => _entries.TryPeek(out _, out var dueNs) ? dueNs : long.MaxValue;

    /// <summary>Makes sure that the alarm is looked at by then.</summary>
    public void Want(Watch watch, long dueNs)
    {
        if (dueNs < watch.ScheduledNs)
        {
            watch.ScheduledNs = dueNs;
            _entries.Enqueue(watch, dueNs);
        }
    }

    /// <summary>Takes the next alarm that is due, or null.</summary>
    public Watch? Take(long nowNs)
    {
        while (_entries.TryPeek(out var watch, out var dueNs) && dueNs <= nowNs)
        {
            _entries.Dequeue();
            if (watch.ScheduledNs == dueNs)
            {
                watch.ScheduledNs = long.MaxValue;
                return watch;
            }
        }

        return null;
    }
}

namespace Ops.Collectors.Polling;

/// <summary>A pollster with what keeps it from being called twice at a time.</summary>
internal sealed class PollsterSeat(IPollster pollster)
{
    public IPollster Pollster => pollster;

    public string Name => pollster.Name;

    /// <summary>Held while the pollster is at work for one round.</summary>
    public SemaphoreSlim Gate { get; } = new(1);

    /// <summary>The newest call; it may go on after it was given up.</summary>
    public Task? Running { get; set; }

    /// <summary>Whether a call that was given up is still at work; to be asked between calls only.</summary>
    public bool IsStuck => Running is { IsCompleted: false };
}

namespace Ops.Server.Api.Live;

/// <summary>Counts the live streams that are open.</summary>
internal sealed class LiveStreams
{
    private int _open;

    /// <summary>How many are open.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>Takes a place, or says that all are taken.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _open) <= ApiLimits.LiveStreamsMax)
        {
            return true;
        }

        Interlocked.Decrement(ref _open);
        return false;
    }

    /// <summary>Gives the place back.</summary>
    public void Leave() => Interlocked.Decrement(ref _open);
}

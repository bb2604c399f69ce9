using Ops.Model;

namespace Ops.Pipeline.Replay;

/// <summary>The clock of a replay: the last time it was set to, else the time of the newest sample.</summary>
internal sealed class ReplayClock : TimeProvider
{
    private bool _isSet;
    private bool _hasSeen;

    /// <summary>The time in nanoseconds since the epoch; the epoch at first.</summary>
    public long NowNs { get; private set; }

    /// <summary>Sets it; samples move it no more.</summary>
    public void Set(long ns)
    {
        NowNs = ns;
        _isSet = true;
    }

    /// <summary>A sample of that time went by.</summary>
    public void See(long ns)
    {
        if (!_isSet && (!_hasSeen || ns > NowNs))
        {
            NowNs = ns;
            _hasSeen = true;
        }
    }

    public override DateTimeOffset GetUtcNow() => Timestamps.FromUnixNs(NowNs);
}

namespace Ops.Collectors.Polling;

/// <summary>Counts for <see cref="PollingCounts"/>. Safe for concurrent use.</summary>
internal sealed class PollingTally
{
    private long _rounds;
    private long _overruns;
    private long _polls;
    private long _failures;
    private long _timeouts;
    private long _putOff;
    private long _samples;
    private long _observations;
    private long _dropped;

    public void Round() => Interlocked.Increment(ref _rounds);

    public void Overrun(long rounds) => Interlocked.Add(ref _overruns, rounds);

    public void Poll() => Interlocked.Increment(ref _polls);

    public void Fail(bool isTimeout)
    {
        Interlocked.Increment(ref _failures);
        Interlocked.Add(ref _timeouts, isTimeout ? 1 : 0);
    }

    public void PutOff(int polls) => Interlocked.Add(ref _putOff, polls);

    public void Send(int samples) => Interlocked.Add(ref _samples, samples);

    public void Observe(int observations) => Interlocked.Add(ref _observations, observations);

    public void Drop(int samples) => Interlocked.Add(ref _dropped, samples);

    public PollingCounts Snapshot(ResourceTroubles troubles) => new()
    {
        Rounds = Interlocked.Read(ref _rounds),
        Overruns = Interlocked.Read(ref _overruns),
        Polls = Interlocked.Read(ref _polls),
        Failures = Interlocked.Read(ref _failures),
        Timeouts = Interlocked.Read(ref _timeouts),
        PutOff = Interlocked.Read(ref _putOff),
        Samples = Interlocked.Read(ref _samples),
        Observations = Interlocked.Read(ref _observations),
        Dropped = Interlocked.Read(ref _dropped),
        Failing = troubles.Failing,
        Never = troubles.Never,
    };
}

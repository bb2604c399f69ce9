namespace Ops.Collectors.Scrape;

/// <summary>Counts for <see cref="ScrapeCounts"/>. Safe for concurrent use.</summary>
internal sealed class ScrapeTally
{
    private long _scrapes;
    private long _failures;
    private long _overruns;
    private long _samples;
    private long _dropped;
    private long _vanished;
    private long _lost;

    public void Scrape(bool isUp, TargetSeries series)
    {
        Interlocked.Increment(ref _scrapes);
        Interlocked.Add(ref _failures, isUp ? 0 : 1);
        Interlocked.Add(ref _dropped, series.Dropped);
        Interlocked.Add(ref _vanished, series.Vanished);
    }

    public void Miss(long scrapes) => Interlocked.Add(ref _overruns, scrapes);

    public void Send(int samples) => Interlocked.Add(ref _samples, samples);

    public void Drop(int samples) => Interlocked.Add(ref _dropped, samples);

    public void Lose() => Interlocked.Increment(ref _lost);

    public ScrapeCounts Snapshot() => new()
    {
        Scrapes = Interlocked.Read(ref _scrapes),
        Failures = Interlocked.Read(ref _failures),
        Overruns = Interlocked.Read(ref _overruns),
        Samples = Interlocked.Read(ref _samples),
        Dropped = Interlocked.Read(ref _dropped),
        Vanished = Interlocked.Read(ref _vanished),
        Lost = Interlocked.Read(ref _lost),
    };
}

namespace Ops.Server.Api;

/// <summary>What the HTTP side counts. Safe for concurrent use.</summary>
internal sealed class ApiCounters
{
    private readonly long[] _requestsByClass = new long[6];
    private long _linesAccepted;
    private long _linesRefused;
    private long _samplesAccepted;
    private long _samplesRefused;

    /// <summary>Answers so far whose status begins with that digit, 1 to 5.</summary>
    public long Requests(int statusClass) => Interlocked.Read(ref _requestsByClass[statusClass]);

    /// <summary>Lines of line protocol that were taken.</summary>
    public long LinesAccepted => Interlocked.Read(ref _linesAccepted);

    /// <summary>Lines of line protocol that were not.</summary>
    public long LinesRefused => Interlocked.Read(ref _linesRefused);

    /// <summary>Samples posted as JSON that were taken.</summary>
    public long SamplesAccepted => Interlocked.Read(ref _samplesAccepted);

    /// <summary>Samples posted as JSON that were not.</summary>
    public long SamplesRefused => Interlocked.Read(ref _samplesRefused);

    /// <summary>Counts an answer.</summary>
    public void Answered(int status) => Interlocked.Increment(ref _requestsByClass[Math.Clamp(status / 100, 0, 5)]);

    /// <summary>Counts lines.</summary>
    public void LinesWritten(long accepted, long refused)
    {
        Interlocked.Add(ref _linesAccepted, accepted);
        Interlocked.Add(ref _linesRefused, refused);
    }

    /// <summary>Counts samples.</summary>
    public void SamplesPosted(long accepted, long refused)
    {
        Interlocked.Add(ref _samplesAccepted, accepted);
        Interlocked.Add(ref _samplesRefused, refused);
    }
}

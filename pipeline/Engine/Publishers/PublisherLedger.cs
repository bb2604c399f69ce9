namespace Ops.Pipeline.Publishers;

/// <summary>Keeps the books of a publisher: each entry moves items between columns at once. Safe for concurrent
/// use.</summary>
internal sealed class PublisherLedger
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _dropped = new(StringComparer.Ordinal);
    private long _received;
    private long _sent;
    private long _queued;

    public PublisherCounts Snapshot()
    {
        lock (_lock)
        {
            return new PublisherCounts(_received, _sent, _queued, new Dictionary<string, long>(_dropped));
        }
    }

    /// <summary>Items came in and wait.</summary>
    public void Receive(long count)
    {
        lock (_lock)
        {
            _received += count;
            _queued += count;
        }
    }

    /// <summary>Items that waited were taken by the target.</summary>
    public void Send(long count)
    {
        lock (_lock)
        {
            _queued -= count;
            _sent += count;
        }
    }

    /// <summary>Items that waited are lost. Returns how many of that reason there are now.</summary>
    public long Drop(string reason, long count)
    {
        lock (_lock)
        {
            _queued -= count;
            _dropped[reason] = _dropped.GetValueOrDefault(reason) + count;
            return _dropped[reason];
        }
    }
}

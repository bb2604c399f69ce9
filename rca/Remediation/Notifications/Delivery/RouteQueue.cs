namespace Ops.Remediation.Notifications.Delivery;

/// <summary>The deliveries of one route in order. Safe for concurrent use; one reader at a time.</summary>
internal sealed class RouteQueue(int most) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly LinkedList<OutboxRecord> _records = [];
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _arrived = new(0);

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _records.Count;
            }
        }
    }

    public bool Holds(string id)
    {
        lock (_lock)
        {
            return _ids.Contains(id);
        }
    }

    /// <summary>
    /// Appends a delivery. Where the queue is full, returns the oldest that is not under way, which it gives up.
    /// </summary>
    public OutboxRecord? Add(OutboxRecord record)
    {
        OutboxRecord? pushedOut = null;
        lock (_lock)
        {
            _records.AddLast(record);
            _ids.Add(record.Id);
            if (_records.Count > most && _records.First!.Next is { } oldest)
            {
                pushedOut = oldest.Value;
                _records.Remove(oldest);
                _ids.Remove(pushedOut.Id);
            }
        }

        _arrived.Release();
        return pushedOut;
    }

    /// <summary>The first delivery, once there is one; it stays.</summary>
    public async ValueTask<OutboxRecord> FirstAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            lock (_lock)
            {
                if (_records.First is { } first)
                {
                    return first.Value;
                }
            }

            await _arrived.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public void RemoveFirst()
    {
        lock (_lock)
        {
            _ids.Remove(_records.First!.Value.Id);
            _records.RemoveFirst();
        }
    }

    /// <summary>Takes everything out.</summary>
    public IReadOnlyList<OutboxRecord> Drain()
    {
        lock (_lock)
        {
            OutboxRecord[] all = [.. _records];
            _records.Clear();
            _ids.Clear();
            return all;
        }
    }

    public void Dispose() => _arrived.Dispose();
}

using Ops.Model;

namespace Ops.Storage.Samples;

/// <summary>Holds samples between their arrival and the next flush, in pooled columns, within a limit.</summary>
internal sealed class SampleBuffer
{
    private const int PooledMax = 64;

    private readonly Lock _gate = new();
    private readonly SeriesRegistry _registry;
    private readonly TimeProvider _time;
    private readonly int _rowsMax;
    private readonly Stack<SampleColumns> _pool = new();
    private List<SampleColumns> _waiting = [];
    private long _received;
    private long _stored;
    private long _queued;
    private long _notFinite;
    private long _unwritable;

    /// <param name="registry">Gets new series and changed contexts.</param>
    /// <param name="rowsMax">The most samples that it holds.</param>
    /// <param name="time">Dates what is written.</param>
    public SampleBuffer(SeriesRegistry registry, int rowsMax, TimeProvider time)
    {
        _registry = registry;
        _rowsMax = Math.Max(rowsMax, SampleColumns.Capacity);
        _time = time;
    }

    /// <summary>A consistent picture of the counts.</summary>
    public SampleCounts Counts()
    {
        lock (_gate)
        {
            return new SampleCounts
            {
                Received = _received, Stored = _stored, Queued = _queued,
                DroppedNotFinite = _notFinite, DroppedUnwritable = _unwritable,
            };
        }
    }

    /// <summary>How many samples wait.</summary>
    public long Queued => Interlocked.Read(ref _queued);

    /// <summary>Whether neither samples nor series wait.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_gate)
            {
                return _queued == 0 && !_registry.HasDirty;
            }
        }
    }

    /// <summary>Copies as many samples as there is room for.</summary>
    /// <returns>How many were taken, from the front.</returns>
    public int Add(ReadOnlySpan<Sample> samples)
    {
        var hour = HourOf(_time);
        lock (_gate)
        {
            var room = (int)Math.Min(samples.Length, Math.Max(0, _rowsMax - _queued));
            var columns = room > 0 ? Open() : null;
            var kept = 0;
            foreach (ref readonly var sample in samples[..room])
            {
                if (!double.IsFinite(sample.Volume))
                {
                    _notFinite++;
                    continue;
                }

                var series = _registry.Of(sample.Series, sample.Context);
                if (columns!.IsFull)
                {
                    columns = Open();
                }

                columns.Add(series.Id, sample);
                kept++;
                series.WrittenHour = hour;
                if (sample.TimestampNs >= series.LastNs)
                {
                    series.LastValue = sample.Volume;
                    series.LastNs = sample.TimestampNs;
                }
            }

            _received += room;
            _queued += kept;
            return room;
        }
    }

    /// <summary>Takes what waits, to be written; it counts as queued until it is reported stored or failed.</summary>
    public (List<SampleColumns> Columns, List<StoredSeries> Series) Take()
    {
        lock (_gate)
        {
            var taken = _waiting;
            _waiting = [];
            return (taken, _registry.TakeDirty());
        }
    }

    /// <summary>Says that columns are on disk.</summary>
    public void Stored(List<SampleColumns> written)
    {
        lock (_gate)
        {
            foreach (var columns in written)
            {
                _stored += columns.Count;
                _queued -= columns.Count;
                Release(columns);
            }
        }
    }

    /// <summary>Puts columns back in front, since the disk refused them.</summary>
    public void Failed(List<SampleColumns> refused, List<StoredSeries> series)
    {
        lock (_gate)
        {
            series.ForEach(_registry.MarkDirty);
            refused.AddRange(_waiting);
            _waiting = refused;
        }
    }

    /// <summary>Drops the oldest waiting samples until there is room for more.</summary>
    public void DropOldest()
    {
        lock (_gate)
        {
            var dropped = 0;
            while (_queued > _rowsMax - SampleColumns.Capacity && dropped < _waiting.Count)
            {
                var columns = _waiting[dropped++];
                _unwritable += columns.Count;
                _queued -= columns.Count;
                Release(columns);
            }

            _waiting.RemoveRange(0, dropped);
        }
    }

    /// <summary>Forgets series whose samples are deleted.</summary>
    public void Expire(long beforeNs, int beforeHour)
    {
        lock (_gate)
        {
            _registry.Expire(beforeNs, beforeHour);
        }
    }

    /// <summary>The hour since the epoch.</summary>
    public static int HourOf(TimeProvider time) => (int)(time.GetUtcNow().ToUnixTimeSeconds() / 3600);

    private SampleColumns Open()
    {
        if (_waiting.Count > 0 && !_waiting[^1].IsFull)
        {
            return _waiting[^1];
        }

        var columns = _pool.Count > 0 ? _pool.Pop() : new SampleColumns();
        _waiting.Add(columns);
        return columns;
    }

    private void Release(SampleColumns columns)
    {
        if (_pool.Count < PooledMax)
        {
            columns.Clear();
            _pool.Push(columns);
        }
    }
}

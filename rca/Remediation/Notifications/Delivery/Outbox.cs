using Ops.Model;

namespace Ops.Remediation.Notifications.Delivery;

/// <summary>
/// Keeps deliveries and dead letters in the state store, so that neither a restart nor a crash loses one.
/// </summary>
/// <remarks>
/// Safe for concurrent use. A disk that refuses is said once, and deliveries go on from memory. Areas <c>outbox</c> and
/// <c>outbox.dead</c>, by sequence.
/// </remarks>
internal sealed class Outbox
{
    public const string Area = "outbox";
    public const string DeadArea = "outbox.dead";

    private readonly Lock _lock = new();
    private readonly IStateStore? _state;
    private readonly Action<string>? _log;
    private readonly int _deadMax;
    private readonly LinkedList<OutboxRecord> _dead = [];
    private bool _isFailing;
    private long _sequence;
    private long _deadDropped;

    public Outbox(IStateStore? state, int deadMax, Action<string>? log)
    {
        (_state, _deadMax, _log) = (state, deadMax, log);
        Restored = ReadAll(Area);
        foreach (var letter in ReadAll(DeadArea))
        {
            _dead.AddLast(letter);
        }

        _sequence = Restored.Concat(_dead).Select(record => record.Sequence).DefaultIfEmpty().Max();
    }

    /// <summary>What was due when the process last ended, in order.</summary>
    public IReadOnlyList<OutboxRecord> Restored { get; }

    public long DeadDropped => Volatile.Read(ref _deadDropped);

    public IReadOnlyList<OutboxRecord> DeadLetters()
    {
        lock (_lock)
        {
            return [.. _dead];
        }
    }

    public long NextSequence() => Interlocked.Increment(ref _sequence);

    /// <summary>Keeps the deliveries, all or none; they are on disk when it returns.</summary>
    public void Keep(IReadOnlyList<OutboxRecord> records) =>
        Write([.. records.Select(record => new StateChange(Area, record.Key, record.ToBytes()))]);

    /// <summary>Forgets a delivery that was made.</summary>
    public void Remove(OutboxRecord record) => Write([new StateChange(Area, record.Key, null)]);

    /// <summary>Turns a delivery into a dead letter.</summary>
    public void Bury(OutboxRecord record, string why)
    {
        lock (_lock)
        {
            var letter = record with { Error = why };
            var changes = new List<StateChange>
            {
                new(Area, record.Key, null),
                new(DeadArea, letter.Key, letter.ToBytes()),
            };
            _dead.AddLast(letter);
            while (_dead.Count > _deadMax)
            {
                changes.Add(new StateChange(DeadArea, _dead.First!.Value.Key, null));
                _dead.RemoveFirst();
                _deadDropped++;
            }

            Write(changes);
        }
    }

    /// <summary>Takes a dead letter out, to be delivered afresh; null where none has that id.</summary>
    public OutboxRecord? Exhume(string id)
    {
        lock (_lock)
        {
            for (var node = _dead.First; node is not null; node = node.Next)
            {
                if (node.Value.Id == id)
                {
                    _dead.Remove(node);
                    Write([new StateChange(DeadArea, node.Value.Key, null)]);
                    return node.Value;
                }
            }

            return null;
        }
    }

    private List<OutboxRecord> ReadAll(string area) =>
    [
        .. (_state?.ReadAll(area) ?? []).Select(document => OutboxRecord.Read(document.Value))
            .OfType<OutboxRecord>().OrderBy(record => record.Sequence),
    ];

    private void Write(IReadOnlyList<StateChange> changes)
    {
        try
        {
            _state?.Write(changes);
            _isFailing = false;
        }
        catch (Exception fault)
        {
            if (!_isFailing)
            {
                _isFailing = true;
                _log?.Invoke($"notifications cannot be written to disk and go on from memory: {fault.Message}");
            }
        }
    }
}

namespace Ops.Collectors.Rabbit;

/// <summary>Remembers which messages were accepted, and how often the others failed, the newest of each.</summary>
internal sealed class DeliveryMemory(int acceptedMax = DeliveryMemory.AcceptedMax)
{
    /// <summary>How many accepted messages are remembered; oslo.messaging remembers 16.</summary>
    public const int AcceptedMax = 10_000;

    /// <summary>How many messages that failed are remembered.</summary>
    public const int FailedMax = 10_000;

    private readonly HashSet<string> _accepted = new(StringComparer.Ordinal);
    private readonly Queue<string> _acceptedInOrder = new();
    private readonly Dictionary<string, int> _failures = new(StringComparer.Ordinal);
    private readonly Queue<string> _failedInOrder = new();

    public bool WasAccepted(string id) => _accepted.Contains(id);

    public void Accept(string id)
    {
        _failures.Remove(id);
        if (!_accepted.Add(id))
        {
            return;
        }

        _acceptedInOrder.Enqueue(id);
        if (_acceptedInOrder.Count > acceptedMax)
        {
            _accepted.Remove(_acceptedInOrder.Dequeue());
        }
    }

    /// <summary>Notes a failure, and says how many there were with it.</summary>
    public int Fail(string id)
    {
        if (!_failures.TryGetValue(id, out var count))
        {
            _failedInOrder.Enqueue(id);
            if (_failedInOrder.Count > FailedMax)
            {
                _failures.Remove(_failedInOrder.Dequeue());
            }
        }

        return _failures[id] = count + 1;
    }

    public int FailuresOf(string id) => _failures.GetValueOrDefault(id);

    public void Forget(string id) => _failures.Remove(id);
}

using Ops.Model;

namespace Ops.Unit.Alarms;

/// <summary>A state store in memory that can be told to fail.</summary>
internal sealed class FakeStateStore : IStateStore
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<(string Area, string Key), byte[]> _documents = [];

    public bool Fails { get; set; }

    public int Writes { get; private set; }

    public byte[]? Read(string area, string key)
    {
        lock (_lock)
        {
            return _documents.GetValueOrDefault((area, key));
        }
    }

    public IReadOnlyList<KeyValuePair<string, byte[]>> ReadAll(string area)
    {
        lock (_lock)
        {
            return [.. _documents.Where(entry => entry.Key.Area == area)
                .Select(entry => KeyValuePair.Create(entry.Key.Key, entry.Value))];
        }
    }

    public void Write(IReadOnlyList<StateChange> changes)
    {
        lock (_lock)
        {
            if (Fails)
            {
                throw new IOException("No space left on device");
            }

            Writes++;
            foreach (var (area, key, value) in changes)
            {
                _documents.Remove((area, key));
                if (value is not null)
                {
                    _documents.Add((area, key), value);
                }
            }
        }
    }
}

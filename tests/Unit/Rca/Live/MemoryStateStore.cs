using Ops.Model;

namespace Ops.Unit.Rca.Live;

internal sealed class MemoryStateStore : IStateStore
{
    private readonly SortedDictionary<(string Area, string Key), byte[]> _documents = [];

    public int Writes { get; private set; }

    public byte[]? Read(string area, string key) => _documents.GetValueOrDefault((area, key));

    public IReadOnlyList<KeyValuePair<string, byte[]>> ReadAll(string area) =>
        [.. _documents.Where(pair => pair.Key.Area == area)
            .Select(pair => KeyValuePair.Create(pair.Key.Key, pair.Value))];

    public void Write(IReadOnlyList<StateChange> changes)
    {
        Writes++;
        foreach (var change in changes)
        {
            if (change.Value is null)
            {
                _documents.Remove((change.Area, change.Key));
            }
            else
            {
                _documents[(change.Area, change.Key)] = change.Value;
            }
        }
    }
}

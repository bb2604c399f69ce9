using System.Collections.Concurrent;

namespace Ops.Collectors.Notifications;

/// <summary>Counts what came of notifications and what was left out, by reason. Safe for concurrent use.</summary>
public sealed class NotificationTally
{
    /// <summary>The most reasons that are told apart.</summary>
    private const int ReasonsMax = 64;

    private readonly ConcurrentDictionary<string, long> _dropped = new(StringComparer.Ordinal);
    private long _made;

    /// <summary>How many events or samples were made and accepted.</summary>
    public long Made => Interlocked.Read(ref _made);

    /// <summary>How many were left out, by reason.</summary>
    public IReadOnlyDictionary<string, long> Dropped => _dropped;

    internal void Make(int count) => Interlocked.Add(ref _made, count);

    internal void Drop(string reason)
    {
        if (_dropped.Count < ReasonsMax || _dropped.ContainsKey(reason))
        {
            _dropped.AddOrUpdate(reason, 1, static (_, count) => count + 1);
        }
    }

    /// <summary>Renders <c>12 made, 3 dropped (2 no volume, 1 unknown type)</c>.</summary>
    public override string ToString()
    {
        var reasons = _dropped.OrderByDescending(pair => pair.Value).Select(pair => $"{pair.Value} {pair.Key}");
        var dropped = _dropped.Values.Sum();
        return dropped == 0 ? $"{Made} made" : $"{Made} made, {dropped} dropped ({string.Join(", ", reasons)})";
    }
}

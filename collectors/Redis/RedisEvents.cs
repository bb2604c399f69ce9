using Ops.Collectors.Redis.Topology;
using Ops.Model;

namespace Ops.Collectors.Redis;

/// <summary>Makes events of what Sentinels tell and of roles that changed.</summary>
internal sealed class RedisEvents(ServerNames names, TimeProvider time)
{
    /// <summary>How long the same news from another Sentinel is the same event, and how many are remembered.</summary>
    private static readonly TimeSpan SameNews = TimeSpan.FromMinutes(1);
    private const int RememberedMax = 256;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _told = [];
    private long _number;

    /// <summary>The event of a message; null for what another Sentinel told already.</summary>
    /// <remarks>
    /// What all Sentinels agree upon, a switch of masters, is one event. What each judges for itself is one for each.
    /// </remarks>
    public Event? Of(SentinelMessage message, string sentinelId)
    {
        if (message.Channel == "+switch-master" && !IsNews(message.Payload))
        {
            return null;
        }

        var traits = new List<EventTrait> { Text("message", message.Payload), Text("sentinel", sentinelId) };
        Add(traits, "resource_id", message.Kind is "master" or "slave" && message.Channel != "+switch-master"
            ? Id(message.Address) : message.Master);
        Add(traits, "master", message.Master);
        Add(traits, "role", message.Kind == "slave" ? "replica" : message.Kind);
        Add(traits, "address", Id(message.Address));
        Add(traits, "old_address", Id(message.OldAddress));
        return Make(message.EventType, traits);
    }

    /// <summary>The event of a server whose role is another than when it was last asked.</summary>
    public Event RoleChanged(ServerReading server, string from, string to) => Make("redis.role-changed",
    [
        Text("resource_id", server.Id), Text("address", server.Id), Text("from", from), Text("to", to),
    ]);

    private Event Make(string type, IReadOnlyList<EventTrait> traits)
    {
        var ns = time.GetUtcNow().ToUnixNs();
        return new Event($"{type}-{ns}-{Interlocked.Increment(ref _number)}", type, ns, traits);
    }

    private bool IsNews(string payload)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            if (_told.TryGetValue(payload, out var at) && time.GetElapsedTime(at, now) < SameNews)
            {
                return false;
            }

            if (_told.Count >= RememberedMax)
            {
                _told.Clear();
            }

            _told[payload] = now;
            return true;
        }
    }

    private string? Id((string Host, int Port)? address) =>
        address is { } known ? names.Id(known.Host, known.Port) : null;

    private static void Add(List<EventTrait> traits, string name, string? value)
    {
        if (value is not null)
        {
            traits.Add(Text(name, value));
        }
    }

    private static EventTrait Text(string name, string value) =>
        new(name, TraitType.Text, value[..Math.Min(value.Length, 255)]);
}

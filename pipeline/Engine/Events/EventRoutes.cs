using Ops.Model;

namespace Ops.Pipeline.Events;

/// <summary>One configuration in force: which publishers an event type goes to, each at most once.</summary>
/// <remarks>The answer for a type is worked out once; the answers of at most <see cref="TypesMax"/> types are kept. Not
/// safe for concurrent use.</remarks>
internal sealed class EventRoutes(
    EventPipelineConfig config, IReadOnlyDictionary<string, IReadOnlyList<IEventPublisher>> bySink)
{
    /// <summary>The most types of which the answer is kept.</summary>
    public const int TypesMax = 4096;

    private readonly Dictionary<string, IEventPublisher[]> _byType = new(StringComparer.Ordinal);

    public EventPipelineConfig Config => config;

    /// <summary>Whether it uses a publisher.</summary>
    public bool Uses(IEventPublisher publisher) => bySink.Values.Any(all => all.Contains(publisher));

    /// <summary>Shares events out, in order; what no pipeline takes is left out.</summary>
    /// <param name="events">What came in.</param>
    /// <param name="unmatched">How many events no pipeline takes.</param>
    public Dictionary<IEventPublisher, List<Event>> Share(IReadOnlyList<Event> events, out int unmatched)
    {
        unmatched = 0;
        var shares = new Dictionary<IEventPublisher, List<Event>>();
        foreach (var one in events)
        {
            var publishers = PublishersOf(one.Type, out var isTaken);
            unmatched += isTaken ? 0 : 1;
            foreach (var publisher in publishers)
            {
                if (!shares.TryGetValue(publisher, out var share))
                {
                    shares[publisher] = share = [];
                }

                share.Add(one);
            }
        }

        return shares;
    }

    private IEventPublisher[] PublishersOf(string type, out bool isTaken)
    {
        if (!_byType.TryGetValue(type, out var publishers))
        {
            publishers = [.. config.Sources
                .Where(source => source.Meters.Takes(type))
                .SelectMany(source => source.Sinks)
                .SelectMany(sink => bySink.GetValueOrDefault(sink, []))
                .Distinct()];
            if (_byType.Count >= TypesMax)
            {
                _byType.Clear();
            }

            _byType[type] = publishers;
        }

        isTaken = publishers.Length > 0;
        return publishers;
    }
}

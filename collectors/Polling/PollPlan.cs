using Ops.Model;

namespace Ops.Collectors.Polling;

/// <summary>What is polled by whom: the configuration with the pollsters and discoveries there are. Immutable.
/// </summary>
internal sealed class PollPlan
{
    private readonly Dictionary<string, IDiscovery> _discoveries = new(StringComparer.Ordinal);

    /// <summary>A plan that takes over the pollsters' state from the one before.</summary>
    public PollPlan(
        PollingConfig config, IReadOnlyList<IPollster> pollsters, IReadOnlyList<IDiscovery> discoveries,
        PollPlan? before = null)
    {
        (Config, Discoveries) = (config, discoveries);
        foreach (var discovery in discoveries)
        {
            _discoveries.TryAdd(discovery.Name, discovery);
        }

        Pollsters = [.. pollsters.Distinct().Select(pollster =>
            before?.Pollsters.FirstOrDefault(seat => ReferenceEquals(seat.Pollster, pollster))
            ?? new PollsterSeat(pollster))];
    }

    public PollingConfig Config { get; }

    public IReadOnlyList<PollsterSeat> Pollsters { get; }

    public IReadOnlyList<IDiscovery> Discoveries { get; }

    /// <summary>The distinct intervals, shortest first.</summary>
    public IReadOnlyList<TimeSpan> Intervals =>
        [.. Config.Sources.Select(source => source.Interval).Distinct().Order()];

    /// <summary>The discovery of that name, or null.</summary>
    public IDiscovery? Discovery(string name) => _discoveries.GetValueOrDefault(name);

    /// <summary>How many pollsters some source selects.</summary>
    public int Selected => Pollsters.Count(seat => Config.Sources.Any(source => source.Meters.Takes(seat.Name)));

    /// <summary>What cannot come true: meters that no pollster measures, discoveries that do not exist.</summary>
    public IEnumerable<string> Complaints()
    {
        var meters = Pollsters.Select(seat => seat.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var source in Config.Sources)
        {
            foreach (var name in source.Meters.Named.Where(name => !meters.Contains(name)))
            {
                yield return $"polling source '{source.Name}' names meter '{name}', which no pollster measures"
                    + NearestName.Hint(name, meters);
            }

            foreach (var url in source.Discovery.Where(url => Discovery(DiscoveryUrl.NameOf(url)) is null))
            {
                yield return $"polling source '{source.Name}' names discovery '{url}', which does not exist"
                    + NearestName.Hint(DiscoveryUrl.NameOf(url), _discoveries.Keys);
            }
        }
    }
}

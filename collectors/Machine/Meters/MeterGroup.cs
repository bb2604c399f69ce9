using Ops.Model;

namespace Ops.Collectors.Machine.Meters;

/// <summary>Collects the meters of one subject in the order they are written down.</summary>
internal sealed class MeterGroup
{
    private static int s_count;

    private readonly List<MachineMeter> _meters = [];

    /// <summary>The meters so far.</summary>
    public IReadOnlyList<MachineMeter> Meters => _meters;

    /// <summary>Adds a meter whose values stand for themselves.</summary>
    public MachineMeter Gauge(string name, string unit, string resourceType, string origin, string description) =>
        Add(new MachineMeter(name, MeterKind.Gauge, unit, resourceType, origin, description));

    /// <summary>Adds a meter whose values only grow until a restart.</summary>
    public MachineMeter Counter(string name, string unit, string resourceType, string origin, string description) =>
        Add(new MachineMeter(name, MeterKind.Cumulative, unit, resourceType, origin, description));

    private MachineMeter Add(MachineMeter meter)
    {
        var numbered = meter with { Index = Interlocked.Increment(ref s_count) - 1 };
        _meters.Add(numbered);
        return numbered;
    }
}

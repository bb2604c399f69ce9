using Ops.Console.Words;
using Ops.Model;

namespace Ops.Console.Overview;

/// <summary>Reads the four figures of the overview: processor, memory, fullest filesystem, services.</summary>
/// <param name="view">What is asked.</param>
/// <param name="clock">The time.</param>
public sealed class KeyFigureReader(IOpsView view, TimeProvider clock)
{
    private const double WorryingPercent = 80;
    private const double AlarmingPercent = 95;
    private const string Unknown = "–";

    private static readonly TimeSpan TrendSpan = TimeSpan.FromHours(1);
    private static readonly TimeSpan TrendEvery = TimeSpan.FromMinutes(1);
    private static readonly string[] ProcessorMeters = ["compute.node.cpu.percent", "hardware.cpu.util"];
    private static readonly string[] MemoryMeters = ["machine.memory.used_percent"];
    private const string MemoryUsed = "hardware.memory.used";
    private const string MemoryTotal = "hardware.memory.total";
    private const string FilesystemUsed = "machine.filesystem.used_percent";

    /// <summary>The figures, always the same four in the same order.</summary>
    public async Task<IReadOnlyList<KeyFigure>> ReadAsync(CancellationToken cancellationToken) =>
    [
        await PercentAsync("Processor", ProcessorMeters, "of all cores in use", cancellationToken),
        await MemoryAsync(cancellationToken),
        await FilesystemAsync(cancellationToken),
        Services(view.Topology()),
    ];

    /// <summary>How many services there are and how they fare.</summary>
    internal static KeyFigure Services(TopologyView topology)
    {
        var services = topology.Entities.Where(entity => entity.Type == "service").ToArray();
        var grades = services.Select(one => Severities.OfState(one.OperationalState, one.State)).ToArray();
        var down = grades.Count(grade => grade == Severity.Critical);
        var degraded = grades.Count(grade => grade == Severity.Warning);
        var detail = (down, degraded) switch
        {
            (0, 0) => services.Length == 0 ? "none seen yet" : "all running",
            (0, _) => $"{degraded} degraded",
            (_, 0) => $"{down} down",
            _ => $"{down} down, {degraded} degraded",
        };
        var worst = grades.DefaultIfEmpty(Severity.Fine).Max();
        return new KeyFigure("Services", Quantity.Number(services.Length), detail, worst, "topology?q=service", []);
    }

    private async Task<KeyFigure> PercentAsync(
        string label, string[] meters, string detail, CancellationToken cancellationToken)
    {
        foreach (var meter in meters)
        {
            if (await TrendAsync(meter, null, cancellationToken) is { Points.Count: > 0 } trend)
            {
                return Percent(
                    label, trend.Points[^1].Value, detail, Explore(meter, trend.Series.ResourceId), trend.Points);
            }
        }

        return new KeyFigure(label, Unknown, "no samples yet", Severity.Fine, "explore", []);
    }

    private async Task<KeyFigure> MemoryAsync(CancellationToken cancellationToken)
    {
        var used = await TrendAsync(MemoryUsed, null, cancellationToken);
        var total = await TrendAsync(MemoryTotal, used?.Series.ResourceId, cancellationToken);
        var detail = used is { Points.Count: > 0 } && total is { Points.Count: > 0 }
            ? $"{Quantity.Say(used.Points[^1].Value, used.Series.Unit)} of "
              + Quantity.Say(total.Points[^1].Value, total.Series.Unit)
            : "in use";
        var direct = await PercentAsync("Memory", MemoryMeters, detail, cancellationToken);
        if (direct.Value != Unknown || detail == "in use")
        {
            return direct;
        }

        var whole = total!.Points[^1].Value;
        var percents = used!.Points.Select(point => point with { Value = whole > 0 ? point.Value / whole * 100 : 0 })
            .ToArray();
        return Percent("Memory", percents[^1].Value, detail, Explore(MemoryUsed, used.Series.ResourceId), percents);
    }

    private async Task<KeyFigure> FilesystemAsync(CancellationToken cancellationToken)
    {
        var all = await view.SeriesAsync(FilesystemUsed, null, cancellationToken);
        var fullest = all.Where(series => series.Last is not null).MaxBy(series => series.Last);
        if (fullest is null)
        {
            return new KeyFigure("Fullest disk", Unknown, "no samples yet", Severity.Fine, "explore", []);
        }

        var trend = await TrendAsync(FilesystemUsed, fullest.ResourceId, cancellationToken);
        var name = Shorten.Resource(
            new ResourceView(fullest.ResourceType ?? "filesystem", fullest.ResourceId, fullest.ResourceName));
        var detail = all.Count == 1 ? name : $"{name}, of {Sentences.Count(all.Count, "filesystem")}";
        return Percent(
            "Fullest disk", fullest.Last!.Value, detail, Explore(FilesystemUsed, fullest.ResourceId),
            trend?.Points ?? []);
    }

    private async Task<SeriesPointsView?> TrendAsync(
        string meter, string? resourceId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var answer = await view.RangeAsync(
            new RangeRequest
            {
                Meter = meter, ResourceId = resourceId, From = now - TrendSpan, To = now, Every = TrendEvery,
            },
            cancellationToken);
        return answer.OrderBy(one => one.Series.Dimensions.Count)
            .ThenBy(one => one.Series.ResourceId, StringComparer.Ordinal)
            .FirstOrDefault(one => one.Points.Count > 0);
    }

    private static KeyFigure Percent(
        string label, double value, string detail, string link, IReadOnlyList<PointView> trend)
    {
        var severity = value switch
        {
            >= AlarmingPercent => Severity.Critical,
            >= WorryingPercent => Severity.Warning,
            _ => Severity.Fine,
        };
        return new KeyFigure(label, $"{Quantity.Number(value)} %", detail, severity, link, trend);
    }

    private static string Explore(string meter, string resourceId) =>
        $"explore?meter={Uri.EscapeDataString(meter)}&resource={Uri.EscapeDataString(resourceId)}";
}

using Ops.Model;

namespace Ops.Browser;

/// <summary>Meters whose values are smooth functions of the time, so that every range has points.</summary>
internal static class FakeMeters
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(10);

    public static readonly IReadOnlyList<MeterView> Meters =
    [
        new("compute.node.cpu.percent", "gauge", "%", 1),
        new("hardware.cpu.load.1min", "gauge", "process", 1),
        new("hardware.memory.total", "gauge", "KB", 1),
        new("hardware.memory.used", "gauge", "KB", 1),
        new("hardware.network.incoming.bytes", "cumulative", "B", 2),
        new("machine.disk.latency", "gauge", "ms", 2),
        new("machine.filesystem.used", "gauge", "B", 4),
        new("machine.filesystem.used_percent", "gauge", "%", 4),
        new("machine.service.cpu", "gauge", "%", 12),
        new("machine.service.memory", "gauge", "B", 12),
        new("machine.agent.poll_duration", "gauge", "ns", 1),
    ];

    public static IEnumerable<SeriesView> Series(string? meter, string? resourceId, DateTimeOffset now) => Meters
        .Where(one => meter is null || one.Name == meter)
        .SelectMany(one => Resources(one.Name).Select(name => One(one, Type(one.Name), name, now)))
        .Where(series => resourceId is null || series.ResourceId == resourceId);

    public static SeriesPointsView Points(SeriesView series, RangeRequest request, DateTimeOffset now)
    {
        var step = request.Every ?? Poll;
        var points = new List<PointView>();
        for (var at = request.From; at < request.To && at <= now; at += step)
        {
            points.Add(new PointView(at, Value(series.Meter, series.ResourceName!, at)));
        }

        return new SeriesPointsView(series, points);
    }

    private static SeriesView One(MeterView meter, string type, string name, DateTimeOffset now) => new(
        meter.Name, FakeWorld.Id(type, name), type, name, meter.Unit, new Dictionary<string, string>(),
        Value(meter.Name, name, now), now);

    private static string Type(string meter) =>
        meter.Contains("filesystem", StringComparison.Ordinal) ? "filesystem"
        : meter.Contains("disk", StringComparison.Ordinal) ? "disk"
        : meter.Contains("network", StringComparison.Ordinal) ? "interface"
        : meter.Contains("service", StringComparison.Ordinal) ? "service" : "machine";

    private static IEnumerable<string> Resources(string meter) => Type(meter) switch
    {
        "filesystem" => ["/", "/var/lib", "/srv/pg", "/boot"],
        "disk" => ["nvme0n1", "nvme1n1"],
        "interface" => ["eth0", "docker0"],
        "service" => FakeWorld.Services.Select(service => service.Name),
        _ => [FakeWorld.Machine],
    };

    private static double Value(string meter, string name, DateTimeOffset at)
    {
        var minutes = at.ToUnixTimeSeconds() / 60.0;
        var seed = name.Sum(letter => letter) % 37;
        var wave = (Math.Sin((minutes / 23) + seed) * 0.5) + (Math.Sin((minutes / 3.7) + (seed * 2)) * 0.2)
            + (Math.Sin((minutes * 2.9) + seed) * 0.1);
        return meter switch
        {
            "compute.node.cpu.percent" => 34 + (wave * 22),
            "hardware.cpu.load.1min" => 2.4 + wave,
            "hardware.memory.total" => 16_265_460,
            "hardware.memory.used" => 9_900_000 + (wave * 400_000),
            "hardware.network.incoming.bytes" =>
                (minutes % 100_000 * 60 * 240_000 * (1 + (seed % 3))) + (wave * 9_000_000),
            "machine.disk.latency" => Math.Max(0.1, 2.1 + (wave * 1.6)),
            "machine.filesystem.used" => 5e10 + (seed * 1e9) + (wave * 1e8),
            "machine.filesystem.used_percent" => name == "/var/lib" ? 95.2 + (wave * 0.4) : 20 + seed + (wave * 0.2),
            "machine.service.cpu" => Math.Max(0, (seed % 11) + (wave * 4)),
            "machine.service.memory" => (seed + 4) * 2.3e7 * (1 + (wave * 0.05)),
            _ => 2.6e7 + (wave * 9e6),
        };
    }
}

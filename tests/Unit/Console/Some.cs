using Ops.Console.Charts;
using Ops.Model;

namespace Ops.Unit.Console;

/// <summary>Things that tests are about, with only what matters spelt out.</summary>
internal static class Some
{
    public static readonly DateTimeOffset Now = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);

    public static AlarmView Alarm(
        string id, string name = "service gone", string severity = "WARNING", string resource = "db",
        int minutesAgo = 1,
        params string[] causes) => new()
    {
        Id = id, Name = name, Severity = severity, State = "alarm",
        Resource = new ResourceView("service", "atlas/service/" + resource, resource),
        Since = Now.AddMinutes(-minutesAgo), Reason = "because", Causes = causes, Deduced = causes.Length > 0,
    };

    public static EntityView Entity(
        string type, string id, string? state = "ACTIVE", params (string Name, object? Value)[] properties) => new()
    {
        Type = type, Id = id, Name = id, State = state,
        Properties = properties.ToDictionary(one => one.Name, one => one.Value),
    };

    public static RelationView Relation(string label, string fromType, string from, string toType, string to) =>
        new(label, new EntityRef(fromType, from), new EntityRef(toType, to));

    public static SeriesPointsView Series(string meter, string resource, string unit, params double[] values) => new(
        new SeriesView(
            meter, resource, "machine", null, unit, new Dictionary<string, string>(), values.LastOrDefault(), Now),
        Points(values));

    /// <summary>Points a minute apart, the last one now.</summary>
    public static IReadOnlyList<PointView> Points(params double[] values) =>
        [.. values.Select((value, index) => new PointView(Now.AddMinutes(index - values.Length + 1), value))];

    public static ChartQuestion Question(string unit, params double[][] lines) => new(
        [.. lines.Select((values, index) => new ChartSeries("line " + index, Points(values), index))],
        Now.AddMinutes(-10), Now, unit, TimeSpan.FromMinutes(3), TimeZoneInfo.Utc);
}

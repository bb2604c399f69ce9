using System.Globalization;
using Ops.Model;

namespace Ops.Server.Api.Compat.Vitrage;

/// <summary>Alarms as Vitrage's clients ask for them.</summary>
internal static class VitrageAlarmEndpoints
{
    private const int LimitDefault = 10_000;

    /// <summary>Maps <c>alarm</c> and what lies under it.</summary>
    public static void MapVitrageAlarms(this IEndpointRouteBuilder api)
    {
        api.MapGet("/alarm", List);
        api.MapGet("/alarm/count", Count);
        api.MapGet("/alarm/history", HistoryAsync);
        api.MapGet("/alarm/{id}", Show);
    }

    private static IResult List(HttpContext context, IOpsView view, TimeProvider time) =>
        Answer(Alarms(view, time), context.Request.Query);

    private static async Task<IResult> HistoryAsync(
        HttpContext context, IOpsView view, TimeProvider time, CancellationToken cancellationToken)
    {
        var (now, query) = (time.GetUtcNow(), context.Request.Query);
        var spans = await view.AlarmHistoryAsync(
            Time(query, "start", DateTimeOffset.UnixEpoch), Time(query, "end", now.AddSeconds(1)), LimitDefault,
            cancellationToken);
        return Answer(spans.Select(span => OfSpan(span, now)), query);
    }

    private static VitrageVertex OfSpan(AlarmSpanView span, DateTimeOffset now)
    {
        var vertex = VitrageGraph.OfAlarm(span.Alarm, null, now);
        return vertex with
        {
            Properties = new Dictionary<string, object?>(vertex.Properties, StringComparer.Ordinal)
            {
                ["start_timestamp"] = span.Start.ToIso(),
                ["end_timestamp"] = span.End?.ToIso(),
                ["state"] = span.End is null ? "Active" : "Inactive",
            },
        };
    }

    private static DateTimeOffset Time(IQueryCollection query, string name, DateTimeOffset absent)
    {
        if (query[name].ToString() is not { Length: > 0 } text)
        {
            return absent;
        }

        return Timestamps.TryParseIso(text, out var at) && at.TryToUnixNs(out _)
            ? at
            : throw new FormatException($"'{name}' must be a time such as 2026-01-02T03:04:05, found '{text}'");
    }

    private static IResult Answer(IEnumerable<VitrageVertex> alarms, IQueryCollection query)
    {
        var on = query["vitrage_id"].ToString();
        var (by, values) = (query["filter_by"], query["filter_vals"]);
        if (by.Count != values.Count)
        {
            throw new FormatException($"{by.Count} filter_by and {values.Count} filter_vals do not go together");
        }

        alarms = alarms
            .Where(alarm => on is "" or "all" or "None" || alarm["vitrage_resource_id"] is string own && own == on);
        for (var i = 0; i < by.Count; i++)
        {
            var (name, part) = (by[i] ?? "", values[i] ?? "");
            alarms = alarms.Where(alarm =>
                Text(alarm, name).Contains(part, StringComparison.OrdinalIgnoreCase));
        }

        return Results.Json(
            Page(Sorted(alarms, query).ToList(), query).Select(alarm => alarm.Properties), ApiJson.Options);
    }

    private static IEnumerable<VitrageVertex> Sorted(IEnumerable<VitrageVertex> alarms, IQueryCollection query)
    {
        var keys = query["sort_by"];
        var directions = query["sort_dirs"];
        IOrderedEnumerable<VitrageVertex> sorted = alarms.OrderBy(_ => 0);
        for (var i = 0; i < keys.Count; i++)
        {
            var name = keys[i] ?? "";
            sorted = (i < directions.Count ? directions[i] : "asc") switch
            {
                "asc" => sorted.ThenBy(alarm => Text(alarm, name), StringComparer.Ordinal),
                "desc" => sorted.ThenByDescending(alarm => Text(alarm, name), StringComparer.Ordinal),
                var other => throw new FormatException($"'sort_dirs' must be asc or desc, found '{other}'"),
            };
        }

        return sorted;
    }

    /// <summary>What follows the marker, or comes before it, at most as many as the limit says; 0 is all.</summary>
    private static IEnumerable<VitrageVertex> Page(List<VitrageVertex> sorted, IQueryCollection query)
    {
        var limit = query["limit"].ToString() switch
        {
            "" => LimitDefault,
            var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
            var text => throw new FormatException($"'limit' must be a whole number from 0, found '{text}'"),
        };
        limit = limit == 0 ? int.MaxValue : limit;
        if (query["marker"].ToString() is not { Length: > 0 } marker)
        {
            return sorted.Take(limit);
        }

        var at = sorted.FindIndex(alarm => alarm.VitrageId == marker);
        if (at < 0)
        {
            throw new FormatException($"'marker' names no alarm of the list: '{marker}'");
        }

        var isForward = !string.Equals(query["next_page"], "false", StringComparison.OrdinalIgnoreCase);
        return isForward ? sorted.Skip(at + 1).Take(limit) : sorted.Take(at).TakeLast(limit);
    }

    private static IResult Count(IOpsView view, TimeProvider time)
    {
        var counts = Alarms(view, time)
            .CountBy(alarm => Text(alarm, "vitrage_operational_severity"))
            .ToDictionary();
        return Results.Json(
            VitrageSeverities.All.ToDictionary(word => word, word => counts.GetValueOrDefault(word)), ApiJson.Options);
    }

    private static IResult Show(string id, IOpsView view, TimeProvider time) =>
        Alarms(view, time).FirstOrDefault(alarm => alarm.VitrageId == id) is { } found
            ? Results.Json(found.Properties, ApiJson.Options)
            : VitrageFaults.NotFound($"there is no alarm '{id}'");

    private static IEnumerable<VitrageVertex> Alarms(IOpsView view, TimeProvider time) =>
        VitrageGraph.Of(view, time.GetUtcNow()).Vertices.Where(vertex => vertex["vitrage_category"] is "ALARM");

    private static string Text(VitrageVertex alarm, string name) =>
        Convert.ToString(alarm[name], CultureInfo.InvariantCulture) ?? "";
}

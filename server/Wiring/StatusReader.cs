using Ops.Alarms;
using Ops.Model;
using Ops.Pipeline;
using Ops.Pipeline.Publishers;
using Ops.Remediation.Notifications;
using Ops.Storage.Samples;

namespace Ops.Server.Wiring;

/// <summary>Asks every room how it fares.</summary>
internal sealed class StatusReader(Rooms rooms, TimeProvider time, string version)
{
    private readonly DateTimeOffset _startedAt = time.GetUtcNow();

    public StatusView Read()
    {
        var stored = rooms.Store.Samples.Status();
        var pipeline = rooms.Pipeline.Counts;
        var alarms = rooms.Alarms.Counts;
        var graph = rooms.Rca.Counts;
        var templates = rooms.Rca.Templates().Count;
        var routes = rooms.Notifier.Status;
        return new StatusView
        {
            Version = version,
            StartedAt = _startedAt,
            DataFolder = rooms.Store.Folder,
            Parts = [.. Parts(stored, pipeline, alarms, graph, templates, routes)],
            Publishers =
            [
                .. rooms.Pipeline.PublisherStates.Select(one => View("samples", one)),
                .. rooms.EventPipeline.PublisherStates.Select(one => View("events", one)),
            ],
            Counts = new Dictionary<string, long>
            {
                ["samples_received"] = pipeline.Received,
                ["samples_published"] = pipeline.Published,
                ["samples_dropped"] = Lost(pipeline.Dropped) + stored.Counts.Dropped,
                ["samples_stored"] = stored.Counts.Stored,
                ["samples_queued"] = stored.Counts.Queued,
                ["events_received"] = rooms.EventPipeline.Received,
                ["series"] = stored.Series,
                ["entities"] = graph["entities"],
                ["relations"] = graph["relations"],
                ["alarms"] = rooms.Rca.Alarms().Count,
                ["alarm_rules"] = alarms.Rules,
                ["alarm_transitions"] = alarms.Transitions,
                ["templates"] = templates,
                ["webhooks_sent"] = routes.Sum(route => route.Sent),
                ["webhooks_queued"] = routes.Sum(route => (long)route.Queued),
                ["webhooks_dead"] = routes.Sum(route => route.Dead),
            },
        };
    }

    private IEnumerable<PartView> Parts(
        SampleStoreStatus stored, PipelineCounts pipeline, AlarmCounts alarms, IReadOnlyDictionary<string, long> graph,
        int templates, IReadOnlyList<RouteStatus> routes)
    {
        if (rooms.Machine is { } machine)
        {
            yield return machine.Status();
        }

        foreach (var collector in rooms.Collectors.Running)
        {
            yield return collector.Status();
        }

        yield return rooms.Collectors.Otlp.Status();
        yield return rooms.Collectors.RemoteWrite.Status();
        yield return rooms.Collectors.Hooks.Status();

        yield return new PartView(
            "pipeline", true,
            $"{Count(rooms.Pipeline.Config.Sources.Count, "source")}, {Count(pipeline.Received, "sample")} received, "
            + $"{rooms.Pipeline.Queued} batches wait");
        yield return new PartView(
            "store", stored.LastError is null,
            stored.LastError ?? $"{Count(stored.Counts.Stored, "sample")} stored this run, {stored.Series:N0} series");
        yield return new PartView(
            "alarms", alarms.Failures == 0,
            $"{Count(alarms.Rules, "rule")} on {Count(alarms.Alarms, "resource")}, {alarms.Firing} firing"
            + (alarms.Failures == 0 ? "" : $", {Count(alarms.Failures, "failure")} since the start, see the log"),
            Essential: false);
        yield return new PartView(
            "root cause", true,
            $"{graph["entities"]:N0} entities, {Count(graph["relations"], "relation")}, "
            + Count(templates, "template"));
        foreach (var route in routes)
        {
            yield return new PartView(
                $"webhook {route.Route}", route.LastError is null,
                route.LastError ?? $"{route.Sent} sent, {route.Queued} wait, {route.Dead} dead letters",
                Essential: false);
        }
    }

    private static PublisherView View(string signal, PublisherState one) => new(
        signal, one.Address, one.Counts.Received, one.Counts.Sent, one.Counts.Queued, one.Counts.Dropped);

    /// <summary>
    /// Drops that lose something: the first sample of a series has no rate, and that is as it should be.
    /// </summary>
    private static long Lost(IReadOnlyDictionary<string, long> dropped) =>
        dropped.Where(reason => reason.Key != "no_predecessor").Sum(reason => reason.Value);

    private static string Count(long count, string noun) => count == 1 ? $"1 {noun}" : $"{count:N0} {noun}s";
}

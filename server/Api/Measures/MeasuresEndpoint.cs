using Ops.Model;
using Ops.Server.Api.Live;

namespace Ops.Server.Api.Measures;

/// <summary>Ops's own figures for Prometheus.</summary>
internal static class MeasuresEndpoint
{
    private static readonly string[] CounterEndings =
        ["received", "published", "stored", "dropped", "sent", "failed", "transitions", "total"];

    /// <summary>Maps <c>/metrics</c>.</summary>
    public static void MapMeasures(this IEndpointRouteBuilder root) => root
        .MapGet("/metrics", (IOpsView view, ApiCounters counters, LiveStreams streams) =>
            Results.Text(Text(view.Status(), counters, streams), "text/plain; version=0.0.4; charset=utf-8"))
        .WithTags("health")
        .WithSummary("Ops's own figures in the text format of Prometheus");

    /// <summary>The whole text.</summary>
    internal static string Text(StatusView status, ApiCounters counters, LiveStreams streams)
    {
        var text = new ExpositionText();
        text.Family("ops_build_info", "gauge", "1; the label tells the version.",
            (ExpositionText.Label("version", status.Version), 1));
        text.Family("ops_start_time_seconds", "gauge", "Start of the program, in seconds since the Unix epoch.",
            ("", status.StartedAt.ToUnixTimeMilliseconds() / 1000.0));
        text.Family("ops_part_up", "gauge", "1 where the part works, 0 where it does not.",
            status.Parts.Select(part => (ExpositionText.Label("part", part.Name), part.Ok ? 1.0 : 0.0)));
        foreach (var (name, count) in status.Counts.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var words = name.Replace('_', ' ');
            if (IsCounter(name))
            {
                var family = name.EndsWith("_total", StringComparison.Ordinal) ? name : name + "_total";
                text.Family($"ops_{family}", "counter", $"{words} since the start.", ("", count));
            }
            else
            {
                text.Family($"ops_{name}", "gauge", $"{words} at present.", ("", count));
            }
        }

        WritePublishers(text, status.Publishers);
        WriteOwn(text, counters, streams);
        ProcessFigures.Write(text);
        return text.ToString();
    }

    private static void WritePublishers(ExpositionText text, IReadOnlyList<PublisherView> publishers)
    {
        if (publishers.Count == 0)
        {
            return;
        }

        text.Family("ops_publisher_received_total", "counter", "Samples or events handed to a publisher.",
            publishers.Select(one => (ExpositionText.Labels(Of(one)), (double)one.Received)));
        text.Family("ops_publisher_sent_total", "counter", "Samples or events that its target took.",
            publishers.Select(one => (ExpositionText.Labels(Of(one)), (double)one.Sent)));
        text.Family("ops_publisher_queued", "gauge", "Samples or events that wait, in memory and on disk.",
            publishers.Select(one => (ExpositionText.Labels(Of(one)), (double)one.Queued)));
        text.Family("ops_publisher_dropped_total", "counter", "Samples or events lost, by reason.",
            publishers.SelectMany(one => one.Dropped.Select(reason =>
                (ExpositionText.Labels(Of(one).Append(("reason", reason.Key))), (double)reason.Value))));
    }

    private static IEnumerable<(string Name, string Value)> Of(PublisherView one) =>
        [("signal", one.Signal), ("address", one.Address)];

    private static void WriteOwn(ExpositionText text, ApiCounters counters, LiveStreams streams)
    {
        text.Family("ops_api_requests_total", "counter", "Answers by class of status.",
            Enumerable.Range(1, 5).Select(digit =>
                (ExpositionText.Label("code", $"{digit}xx"), (double)counters.Requests(digit))));
        text.Family("ops_api_lines_total", "counter", "Lines of line protocol by what became of them.",
            (ExpositionText.Label("outcome", "accepted"), counters.LinesAccepted),
            (ExpositionText.Label("outcome", "refused"), counters.LinesRefused));
        text.Family("ops_api_samples_total", "counter", "Samples posted as JSON by what became of them.",
            (ExpositionText.Label("outcome", "accepted"), counters.SamplesAccepted),
            (ExpositionText.Label("outcome", "refused"), counters.SamplesRefused));
        text.Family("ops_api_live_streams", "gauge", "Live streams that are open.", ("", streams.Open));
    }

    private static bool IsCounter(string name) => Array.Exists(
        CounterEndings, ending => name == ending || name.EndsWith("_" + ending, StringComparison.Ordinal));
}

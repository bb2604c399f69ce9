using Ops.Alarms;
using Ops.Collectors;
using Ops.Collectors.Machine;
using Ops.Model;
using Ops.Pipeline;
using Ops.Pipeline.Events;
using Ops.Pipeline.Publishers;
using Ops.Rca.Live;
using Ops.Remediation.Notifications;
using Ops.Server.Config;
using Ops.Storage;

namespace Ops.Server.Wiring;

/// <summary>Builds the rooms from the far end of the flow to its beginning, and joins each to the next.</summary>
internal static class RoomBuilder
{
    public static async Task<Rooms> BuildAsync(
        StartConfiguration start, LiveHub live, TimeProvider time, RoomLog log, CancellationToken cancellationToken)
    {
        var catalog = new SeriesCatalog();
        var store = Store.Open(start.Options.DataFolder, catalog, start.Options.Store, time, log.Of("store"));
        var externalUrl = ExternalUrl(start.Options);
        var notifier = new WebhookNotifier(
            new NotifierOptions { ExternalUrl = externalUrl }, store.State, time, log.Of("webhooks"));
        notifier.Reload(start.Routes);

        var announcer = new Announcer(notifier, live, store.AlarmHistory, externalUrl);
        var rca = RcaRoom.Build(start, store.State, announcer, time);
        await store.AlarmHistory.EndAllButAsync(
            rca.Alarms().Select(alarm => alarm.Id).ToHashSet(), time.GetUtcNow(), cancellationToken);
        var alarms = new AlarmEvaluator(new AlarmEvaluatorOptions(), rca, store.State, time, log.Of("alarms"));
        await alarms.ReloadAsync(start.Rules, cancellationToken);

        var outside = new PublisherCatalogOptions
        {
            Time = time,
            Warn = log.Of("pipeline"),
            SpillFolder = Path.Combine(store.Folder, "spill"),
            Series = catalog,
            TelemetrySecret = start.Options.TelemetrySecret,
            MessagingUrl = start.Options.TransportUrl,
        };
        var publishers = PublisherCatalog.BuiltIn(new SampleFanOut(store.Samples, alarms), outside);
        var events = new EventPipeline(
            start.EventPipeline, EventPublisherCatalog.BuiltIn(store.Events, outside), log.Of("event pipeline"));
        var pipeline = new SamplePipeline(
            start.Pipeline!, catalog, publishers, new SamplePipelineOptions { Time = time, Warn = log.Of("pipeline") });
        var observations = new ObservationFanOut(rca, alarms);
        var outlets = new CollectorOutlets(
            catalog, pipeline, observations, events, rca, time, log.Of("collectors"));
        return new Rooms
        {
            Catalog = catalog,
            Store = store,
            Notifier = notifier,
            Rca = rca,
            Templates = new TemplateLibrary(start.Folder, rca, store.State, time),
            Alarms = alarms,
            Pipeline = pipeline,
            EventPipeline = events,
            Machine = Machine(
                start.Options, catalog, pipeline, observations, store.State, time, log),
            Collectors = CollectorRoom.Build(start, outlets, log),
        };
    }

    private static MachineCollector? Machine(
        OpsOptions options, SeriesCatalog catalog, ISampleSink samples, IObservationSink observations,
        IStateStore state, TimeProvider time, RoomLog log)
    {
        if (!options.Machine.Enabled)
        {
            return null;
        }

        var machine = new MachineOptions
        {
            Interval = options.Machine.Interval,
            LivenessInterval = TimeSpan.FromTicks(
                Math.Min(options.Machine.Interval.Ticks, TimeSpan.FromSeconds(2).Ticks)),
            ForgetAfter = options.Machine.ForgetAfter,
        };
        return new MachineCollector(machine, catalog, samples, observations, time, log.Of("machine"), state);
    }

    /// <summary>
    /// Where a webhook's receiver finds this server: by a name of its own, where it listens on all addresses.
    /// </summary>
    private static string ExternalUrl(OpsOptions options)
    {
        var listen = options.Listen[0];
        var isEverywhere = listen.Host is "*" or "+" or "0.0.0.0" or "::";
        return isEverywhere
            ? (listen with { Host = options.Hosts.FirstOrDefault() ?? Environment.MachineName }).ToString()
            : listen.ToString();
    }
}

using Ops.Alarms.Rules;
using Ops.Alarms.State;
using Ops.Model;

namespace Ops.Alarms.Evaluation;

/// <summary>All alarms, and which of them each series feeds. Synchronous; not safe for concurrent use.</summary>
/// <remarks>
/// What a series feeds is decided when it first appears, when its context says something else, and when rules are
/// reloaded. A sample then costs one array access and the arithmetic of the alarms it feeds, however many rules there
/// are.
/// </remarks>
internal sealed class AlarmBoard(AlarmEvaluatorOptions options)
{
    private readonly Dictionary<string, Watch> _watches = new(StringComparer.Ordinal);
    private readonly List<RuleInForce> _found = [];
    private RuleIndex _rules = new([], options);
    private Binding[] _bindings = new Binding[256];

    public IReadOnlyCollection<Watch> Watches => _watches.Values;

    public int RuleCount => _rules.Count;

    /// <summary>Judges a batch of samples.</summary>
    public void Take(ReadOnlySpan<Sample> samples, Turn turn)
    {
        turn.SamplesReceived += samples.Length;
        foreach (ref readonly var sample in samples)
        {
            var id = sample.Series.Id;
            if (id >= _bindings.Length)
            {
                Array.Resize(ref _bindings, Math.Max(id + 1, _bindings.Length * 2));
            }

            if (!ReferenceEquals(_bindings[id].Context, sample.Context))
            {
                Meet(id, sample, turn);
            }

            foreach (var feed in _bindings[id].Feeds)
            {
                feed.Take(sample, turn);
            }
        }
    }

    /// <summary>Judges what time alone brings about.</summary>
    public void Tick(Turn turn)
    {
        while (turn.Due.Take(turn.SteadyNs) is { } watch)
        {
            if (!watch.IsRetired && !watch.OnDue(turn))
            {
                Drop(watch, "", turn);
            }
        }
    }

    /// <summary>Takes up the alarms that were known before a restart.</summary>
    public void Restore(IEnumerable<KeyValuePair<string, AlarmRecord>> records, Turn turn)
    {
        foreach (var (id, record) in records)
        {
            var identity = new AlarmIdentity(
                id, record.Rule, record.Meter, record.ResourceId, Tags.From(record.Dimensions), record.IsGroup);
            var rule = _rules.ByName(record.Rule);
            var watch = new Watch(rule ?? GoneRule(record), identity, turn)
            {
                ResourceType = record.ResourceType,
                ResourceName = record.ResourceName,
                Unit = record.Unit,
            };
            watch.Restore(AlarmRecords.State(record.State), record.SinceNs, record.Reason, record.Value);
            if (rule is null)
            {
                watch.Retire(RemovedReason(record.Rule), turn);
            }
            else
            {
                _watches[id] = watch;
                watch.Schedule(turn);
            }
        }
    }

    /// <summary>Swaps the rules. Alarms of rules that judge as before go on as if nothing had happened.</summary>
    public void Reload(IReadOnlyList<AlarmRule> rules, Turn turn)
    {
        _rules = new RuleIndex(rules, options);
        var wereFed = _watches.Values.Where(watch => watch.Windows.Count > 0).ToList();
        foreach (var watch in _watches.Values.ToList())
        {
            if (_rules.ByName(watch.Identity.Rule) is { } rule)
            {
                watch.Follow(rule, turn);
            }
            else
            {
                Drop(watch, RemovedReason(watch.Identity.Rule), turn);
            }
        }

        foreach (ref var binding in _bindings.AsSpan())
        {
            if (binding.Context is not null)
            {
                Decide(ref binding, turn);
            }
        }

        foreach (var watch in wereFed.Where(watch => watch.Windows.Count == 0))
        {
            Drop(watch, NoConcernReason(watch), turn);
        }
    }

    /// <summary>Ends the alarms of resources that are gone.</summary>
    public void Forget(IReadOnlySet<EntityRef> gone, Turn turn)
    {
        var ids = gone.Select(entity => entity.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var watch in _watches.Values.Where(watch => ids.Contains(watch.Identity.ResourceId)).ToList())
        {
            var type = watch.ResourceType;
            if (!watch.Identity.IsGroup
                && (type is null || gone.Contains(new EntityRef(type, watch.Identity.ResourceId))))
            {
                Drop(watch, $"{watch.ResourceName ?? watch.Identity.ResourceId} is gone", turn);
            }
        }
    }

    private static string RemovedReason(string rule) => $"alarm rule '{rule}' was removed";

    private static string NoConcernReason(Watch watch) =>
        $"alarm rule '{watch.Identity.Rule}' no longer concerns {watch.ResourceName ?? watch.Identity.ResourceId}";

    private RuleInForce GoneRule(AlarmRecord record) =>
        new(new AlarmRule { Name = record.Rule, Meter = record.Meter, Severity = record.Severity }, options);

    private void Meet(int id, in Sample sample, Turn turn)
    {
        ref var binding = ref _bindings[id];
        var before = binding.Context;
        binding.Context = sample.Context;
        binding.Series = sample.Series;
        if (before is null || !SeriesAttributes.SameContent(before, sample.Context))
        {
            Decide(ref binding, turn);
        }
    }

    private void Decide(ref Binding binding, Turn turn)
    {
        var (series, context, before) = (binding.Series!, binding.Context!, binding.Feeds);
        _found.Clear();
        _rules.Find(series, context, _found);
        var feeds = new List<Feed>(_found.Count);
        foreach (var rule in _found)
        {
            if (AlarmIdentity.Of(rule, series, context) is { } identity && WatchOf(rule, identity, turn) is { } watch)
            {
                feeds.Add(FeedOf(watch, series, context, before));
            }
        }

        binding.Feeds = feeds.Count == 0 ? null! : [.. feeds];
        foreach (var feed in before.Where(feed => !feeds.Contains(feed)))
        {
            feed.Windows.Remove(feed);
            if (feed.Watch.Windows == feed.Windows && feed.Windows.Count == 0)
            {
                Drop(feed.Watch, NoConcernReason(feed.Watch), turn);
            }
        }
    }

    private Watch? WatchOf(RuleInForce rule, AlarmIdentity identity, Turn turn)
    {
        if (_watches.TryGetValue(identity.Id, out var known))
        {
            return known;
        }

        if (_watches.Count >= options.AlarmsMax)
        {
            turn.AlarmsRefused++;
            return null;
        }

        var watch = new Watch(rule, identity, turn);
        _watches.Add(identity.Id, watch);
        return watch;
    }

    private static Feed FeedOf(Watch watch, Series series, SampleContext context, Feed[] before)
    {
        var feed = Array.Find(before, feed => feed.Windows == watch.Windows);
        if (feed is null)
        {
            feed = new Feed(watch, series);
            watch.Windows.Add(feed);
        }

        feed.Kind = context.Kind;
        watch.Unit = context.Unit;
        if (!watch.Identity.IsGroup)
        {
            (watch.ResourceType, watch.ResourceName) = (context.ResourceType, context.ResourceName);
        }

        return feed;
    }

    private void Drop(Watch watch, string reason, Turn turn)
    {
        watch.Retire(reason, turn);
        _watches.Remove(watch.Identity.Id);
        foreach (var feed in watch.Windows.Feeds)
        {
            ref var binding = ref _bindings[feed.Series.Id];
            binding.Feeds = [.. binding.Feeds.Where(other => other != feed)];
            binding.Context = null;
        }
    }

    /// <summary>What a series feeds, as decided by that context.</summary>
    private struct Binding
    {
        public Series? Series;
        public SampleContext? Context;

        /// <summary>Never null to readers.</summary>
        public Feed[] Feeds
        {
            readonly get => field ?? [];
            set;
        }
    }
}

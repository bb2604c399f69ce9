using Ops.Model;

namespace Ops.Pipeline.Transformers;

/// <summary>Merges samples of one series and owner: the mean of a gauge, the sum of a delta, the last of a
/// counter.</summary>
/// <remarks>
/// A flush emits all groups, in order of first sight, when <c>size</c> samples came in or the first came in longer than
/// <c>retention_time</c> ago. The reference measures that age from the sample's own timestamp, so that a late one
/// flushes at once, and gives nothing for a gauge that is renamed; both are put right here. <c>target.max</c> cuts just
/// the first sample of a group. Source: Ceilometer 8 (Ocata), aggregator.
/// </remarks>
internal sealed class AggregatorTransformer : Transformer
{
    /// <summary>The most groups that are held; at that number the next flush emits them.</summary>
    public const int GroupsMax = 1_000_000;

    private readonly AggregationRule _rule;
    private readonly TimeProvider _time;
    private readonly Converter _converter;
    private readonly SeriesTable<ConversionCell> _cells;
    private readonly Dictionary<GroupKey, Group> _groups = [];
    private readonly List<Group> _inOrder = [];
    private long _samplesIn;
    private DateTimeOffset _firstAt;

    public AggregatorTransformer(AggregationRule rule, SeriesCatalog catalog, TimeProvider time)
    {
        _rule = rule;
        _time = time;
        _converter = new Converter(rule.Conversion, catalog);
        _cells = new SeriesTable<ConversionCell>(series => new ConversionCell(_converter.Output(series)));
    }

    public override bool Flushes => true;

    public override string? Problem => _converter.Problem;

    public override SampleFate Handle(ref Sample sample, PipelineRoute route)
    {
        if (_samplesIn++ == 0)
        {
            _firstAt = _time.GetUtcNow();
        }

        var key = new GroupKey(
            sample.Series.Id,
            _rule.Project == MergePolicy.Key ? sample.Context.ProjectId : null,
            _rule.User == MergePolicy.Key ? sample.Context.UserId : null);
        if (!_groups.TryGetValue(key, out var group))
        {
            _groups[key] = group = new Group();
        }

        group.Count++;
        var cell = _cells[sample.Series];
        return group.HasSamples ? Merge(group, sample, cell, route) : Start(group, sample, cell, route);
    }

    public override int Flush(List<FlushedSample> into)
    {
        var isFull = _samplesIn >= _rule.Size || _groups.Count >= GroupsMax;
        var isExpired = _rule.Retention is { } retention && _time.GetUtcNow() - _firstAt > retention;
        if (_samplesIn == 0 || !(isFull || isExpired))
        {
            return 0;
        }

        foreach (var group in _inOrder)
        {
            into.Add(new FlushedSample(Result(group), group.Route!));
        }

        _groups.Clear();
        _inOrder.Clear();
        _samplesIn = 0;
        return 0;
    }

    private SampleFate Start(Group group, Sample sample, ConversionCell cell, PipelineRoute route)
    {
        var original = sample.Context;
        var fate = _converter.Convert(ref sample, cell, growth: 1);
        if (fate != SampleFate.Passed)
        {
            return fate;
        }

        group.HasSamples = true;
        group.Merged = sample;
        group.First = group.Last = original;
        group.Route = route;
        _inOrder.Add(group);
        return SampleFate.Held;
    }

    private SampleFate Merge(Group group, in Sample sample, ConversionCell cell, PipelineRoute route)
    {
        var fate = _converter.Scale(sample, cell, out var volume);
        if (fate != SampleFate.Passed)
        {
            return fate;
        }

        var merged = group.Merged;
        group.Merged = merged with
        {
            Volume = merged.Context.Kind == MeterKind.Cumulative ? volume : merged.Volume + volume,
            TimestampNs = _rule.Timestamp == MergePolicy.Last ? sample.TimestampNs : merged.TimestampNs,
        };
        group.Last = sample.Context;
        group.Route = route;
        return SampleFate.Held;
    }

    private Sample Result(Group group)
    {
        var merged = group.Merged;
        var project = (_rule.Project == MergePolicy.Last ? group.Last : group.First).ProjectId;
        var user = (_rule.User == MergePolicy.Last ? group.Last : group.First).UserId;
        var metadata = _rule.Metadata switch
        {
            MergePolicy.Drop => SampleContext.NoMetadata,
            MergePolicy.First => group.First.Metadata,
            _ => group.Last.Metadata,
        };
        return merged with
        {
            Context = merged.Context.With(project, user, metadata),
            Volume = merged.Context.Kind == MeterKind.Gauge ? merged.Volume / group.Count : merged.Volume,
        };
    }

    private readonly record struct GroupKey(int SeriesId, string? ProjectId, string? UserId);

    private sealed class Group
    {
        /// <summary>Whether one could be converted; <see cref="Count"/> counts those that could not too.</summary>
        public bool HasSamples;
        public int Count;
        public Sample Merged;
        public SampleContext First = SampleContext.Plain;
        public SampleContext Last = SampleContext.Plain;
        public PipelineRoute? Route;
    }
}

using Ops.Model;

namespace Ops.Pipeline.Transformers;

/// <summary>Makes a new meter out of several of one resource, once all of them have come.</summary>
/// <remarks>
/// A flush works it out for each resource that has all meters, in order of first sight, and starts that resource anew.
/// Owner and metadata are those of the expression's first meter. The time is that of the last sample that came in of
/// that resource and of a meter in the expression (the reference takes the last of any resource). A result that is not
/// a number is dropped. Source: Ceilometer 8 (Ocata), arithmetic.
/// </remarks>
internal sealed class ArithmeticTransformer : Transformer
{
    /// <summary>The most resources that wait for the rest of their meters; beyond, the oldest is forgotten.</summary>
    public const int ResourcesMax = 100_000;

    private readonly ArithmeticRule _rule;
    private readonly SeriesCatalog _catalog;
    private readonly int _resourcesMax;
    private readonly Dictionary<string, int> _meters;
    private readonly Dictionary<(string ResourceId, Tags Dimensions), LinkedListNode<Resource>> _byResource = [];
    private readonly LinkedList<Resource> _resources = [];
    private string? _problem;

    public ArithmeticTransformer(ArithmeticRule rule, SeriesCatalog catalog, int resourcesMax = ResourcesMax)
    {
        _rule = rule;
        _catalog = catalog;
        _resourcesMax = resourcesMax;
        _meters = rule.Expression.Meters
            .Select((meter, index) => (meter, index))
            .ToDictionary(pair => pair.meter, pair => pair.index, StringComparer.Ordinal);
    }

    public override bool Flushes => _meters.Count > 0;

    public override string? Problem => _problem;

    public override SampleFate Handle(ref Sample sample, PipelineRoute route)
    {
        if (!_meters.TryGetValue(sample.Series.Meter, out var index))
        {
            return SampleFate.Held;
        }

        var resource = ResourceOf(sample.Series);
        resource.Latest[index] = sample;
        resource.LastNs = sample.TimestampNs;
        resource.Route = route;
        return SampleFate.Held;
    }

    public override int Flush(List<FlushedSample> into)
    {
        var failed = 0;
        var node = _resources.First;
        while (node is not null)
        {
            var next = node.Next;
            var resource = node.Value;
            if (Array.TrueForAll(resource.Latest, sample => sample.Series is not null))
            {
                _byResource.Remove(resource.Key);
                _resources.Remove(node);
                if (TryResult(resource, out var sample))
                {
                    into.Add(new FlushedSample(sample, resource.Route!));
                }
                else
                {
                    failed++;
                }
            }

            node = next;
        }

        return failed;
    }

    private bool TryResult(Resource resource, out Sample result)
    {
        result = default;
        if (!_rule.Expression.TryNumber(resource.Latest, out var volume, out var problem) || !double.IsFinite(volume))
        {
            _problem = problem ?? "gave no finite number";
            return false;
        }

        var first = resource.Latest[0];
        result = new Sample(
            _catalog.Renamed(first.Series, _rule.TargetName ?? first.Series.Meter),
            first.Context.With(_rule.TargetKind ?? first.Context.Kind, _rule.TargetUnit ?? first.Context.Unit),
            resource.LastNs,
            volume);
        return true;
    }

    private Resource ResourceOf(Series series)
    {
        var key = (series.ResourceId, series.Dimensions);
        if (_byResource.TryGetValue(key, out var known))
        {
            return known.Value;
        }

        if (_resources.Count == _resourcesMax)
        {
            _byResource.Remove(_resources.First!.Value.Key);
            _resources.RemoveFirst();
        }

        var resource = new Resource(key, new Sample[_meters.Count]);
        _byResource[key] = _resources.AddLast(resource);
        return resource;
    }

    private sealed class Resource((string, Tags) key, Sample[] latest)
    {
        public readonly (string, Tags) Key = key;
        public readonly Sample[] Latest = latest;
        public long LastNs;
        public PipelineRoute? Route;
    }
}

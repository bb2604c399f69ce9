using Ops.Model;
using Ops.Pipeline.Configuration;
using Ops.Pipeline.Transformers;

namespace Ops.Pipeline;

/// <summary>Compiled pipelines at work: takes each sample at once through every pipeline that its meter
/// meets.</summary>
/// <remarks>
/// Which pipelines a series meets is worked out at its first sample; from then on a sample costs array look-ups and
/// allocates nothing, except where a transformer merges or an expression reads text. Sources in file order, then each
/// source's own list of sinks. Not safe for concurrent use. This is what the server, the replay and the benchmarks
/// run.
/// </remarks>
public sealed class PipelineRun : IFlushReceiver
{
    private const int MeterNamesMax = 100_000;

    private readonly IPipelineOutput _output;
    private readonly Action<string>? _warn;
    private readonly PipelineRoute[] _routes;
    private readonly PipelineRoute[] _flushing;
    private readonly Dictionary<string, PipelineRoute[]> _byMeter = new(StringComparer.Ordinal);
    private PipelineRoute[]?[] _bySeries = new PipelineRoute[]?[1024];

    /// <summary>Compiles a configuration.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="series">Where the series of derived samples are interned: the catalogue of the samples that come
    /// in.</param>
    /// <param name="time">The clock of <c>retention_time</c>.</param>
    /// <param name="output">Takes what comes out.</param>
    /// <param name="counts">Where to count on; null starts at nothing.</param>
    /// <param name="warn">Told of drops that point to a fault: the 1st, 2nd, 4th, 8th ... of a kind.</param>
    /// <param name="before">The run that this one replaces: a sink whose transformers stayed the same keeps their
    /// state.</param>
    public PipelineRun(
        PipelineConfig config,
        SeriesCatalog series,
        TimeProvider time,
        IPipelineOutput output,
        PipelineCounts? counts = null,
        Action<string>? warn = null,
        PipelineRun? before = null)
    {
        Config = config;
        Counts = counts ?? new PipelineCounts();
        _output = output;
        _warn = warn;
        var chains = new Dictionary<string, SinkChain>(StringComparer.Ordinal);
        foreach (var sink in config.Sinks)
        {
            chains[sink.Name] = new SinkChain(sink, before?.StateOf(sink) ?? sink.Build(series, time));
        }

        _routes = [.. config.Sources.SelectMany(source => source.Sinks.Select(sink =>
            new PipelineRoute(PipelineRoute.NameOf(source.Name, sink), source, chains[sink])))];
        _flushing = [.. _routes.Where(route => route.Chain.Flushes)];
    }

    /// <summary>The configuration.</summary>
    public PipelineConfig Config { get; }

    /// <summary>What happened so far.</summary>
    public PipelineCounts Counts { get; }

    /// <summary>The pipelines, in order.</summary>
    public IReadOnlyList<PipelineRoute> Routes => _routes;

    /// <summary>Takes samples through their pipelines, in order.</summary>
    public void Run(ReadOnlySpan<Sample> samples)
    {
        Counts.AddReceived(samples.Length);
        foreach (ref readonly var sample in samples)
        {
            if (!double.IsFinite(sample.Volume))
            {
                Drop(SampleFate.InvalidVolume, sample, null, "its volume is not a finite number");
                continue;
            }

            var routes = RoutesOf(sample.Series);
            foreach (var route in routes)
            {
                Pass(route, sample, 0);
            }

            if (routes.Length == 0)
            {
                Counts.Add(SampleFate.Unmatched);
            }
        }
    }

    /// <summary>Ends a publication: pipeline by pipeline, transformers give what they kept and whose time has
    /// come.</summary>
    public void Flush()
    {
        foreach (var route in _flushing)
        {
            route.Chain.Flush(this);
        }
    }

    void IFlushReceiver.Flushed(PipelineRoute route, Sample sample, int start)
    {
        if (double.IsFinite(sample.Volume))
        {
            Pass(route, sample, start);
        }
        else
        {
            Drop(SampleFate.NotFinite, sample, route, null);
        }
    }

    void IFlushReceiver.Failed(SinkChain chain, int count, string? problem)
    {
        if (count > 0)
        {
            var total = Counts.Add(SampleFate.ExpressionFailed, count);
            _warn?.Invoke($"sink '{chain.Sink.Name}': an arithmetic result was dropped: {problem} ({total} so far)");
        }
    }

    private void Pass(PipelineRoute route, Sample sample, int start)
    {
        var original = sample;
        var fate = route.Chain.Transform(start, ref sample, route, out var problem);
        if (fate == SampleFate.Passed)
        {
            Counts.Add(SampleFate.Passed);
            _output.Publish(route, sample);
        }
        else
        {
            Drop(fate, original, route, problem);
        }
    }

    private void Drop(SampleFate fate, in Sample sample, PipelineRoute? route, string? problem)
    {
        var total = Counts.Add(fate);
        var pointsToFault = fate is SampleFate.InvalidVolume or SampleFate.ExpressionFailed or SampleFate.NotFinite;
        if (pointsToFault && _warn is not null && long.IsPow2(total))
        {
            var pipeline = route is null ? "" : $" in pipeline '{route.Name}'";
            var reason = problem ?? fate.Word().Replace('_', ' ');
            _warn($"sample of {sample.Series} was dropped{pipeline}: {reason} ({total} so far)");
        }
    }

    private PipelineRoute[] RoutesOf(Series series)
    {
        var known = _bySeries;
        return series.Id < known.Length && known[series.Id] is { } routes ? routes : Decide(series);
    }

    private PipelineRoute[] Decide(Series series)
    {
        if (series.Id >= _bySeries.Length)
        {
            Array.Resize(ref _bySeries, Math.Max(_bySeries.Length * 2, series.Id + 1));
        }

        if (!_byMeter.TryGetValue(series.Meter, out var routes))
        {
            if (_byMeter.Count == MeterNamesMax)
            {
                _byMeter.Clear();
            }

            routes = Array.FindAll(_routes, route => route.Source.Meters.Takes(series.Meter));
            _byMeter[series.Meter] = routes;
        }

        _bySeries[series.Id] = routes;
        return routes;
    }

    private Transformer[]? StateOf(PipelineSink sink) =>
        Array.Find(
            _routes, route => route.Sink.Name == sink.Name && route.Sink.TransformersText == sink.TransformersText)
            ?.Chain.Transformers;
}

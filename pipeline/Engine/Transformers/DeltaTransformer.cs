using Ops.Model;

namespace Ops.Pipeline.Transformers;

/// <summary>Turns a meter into its change since the sample before, of kind delta and in its own unit.</summary>
/// <remarks>A counter's restart is not noticed: the change is negative, and dropped where only growth counts.
/// Source: Ceilometer 8 (Ocata), delta.</remarks>
internal sealed class DeltaTransformer : Transformer
{
    private readonly bool _growthOnly;
    private readonly SeriesTable<GrowthCell> _cells;

    public DeltaTransformer(ConversionRule rule, bool growthOnly, SeriesCatalog catalog, int seriesMax = SeriesMax)
    {
        _growthOnly = growthOnly;
        _cells = new SeriesTable<GrowthCell>(
            series => new GrowthCell(catalog.Renamed(series, rule.Name(series.Meter))), seriesMax);
    }

    public override SampleFate Handle(ref Sample sample, PipelineRoute route)
    {
        var cell = _cells[sample.Series];
        if (!cell.HasLast)
        {
            cell.Keep(sample);
            return SampleFate.NoPredecessor;
        }

        if (Elapsed.WallSeconds(cell, sample) < 0)
        {
            return SampleFate.OutOfOrder;
        }

        var growth = sample.Volume - cell.LastVolume;
        cell.Keep(sample);
        if (_growthOnly && growth < 0)
        {
            return SampleFate.NegativeGrowth;
        }

        if (!double.IsFinite(growth))
        {
            return SampleFate.NotFinite;
        }

        if (!ReferenceEquals(cell.SeenContext, sample.Context))
        {
            cell.Context = sample.Context.With(MeterKind.Delta, sample.Context.Unit);
            cell.SeenContext = sample.Context;
        }

        sample = new Sample(cell.Output, cell.Context, sample.TimestampNs, growth);
        return SampleFate.Passed;
    }
}

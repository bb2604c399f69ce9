using Ops.Model;

namespace Ops.Pipeline.Transformers;

/// <summary>Turns the growth of a meter into a rate per second, times the scale.</summary>
/// <remarks>
/// A counter that fell was restarted: growth is then the new value. A gauge may fall. No time between two samples gives
/// 0, time that ran backwards drops the sample and keeps the newer one. Where both samples have a monotonic time, that
/// counts. A scale that is a number (not text) multiplies the rate by the volume too, as the reference does. Source:
/// Ceilometer 8 (Ocata), rate_of_change.
/// </remarks>
internal sealed class RateOfChangeTransformer : Transformer
{
    private readonly Converter _converter;
    private readonly SeriesTable<GrowthCell> _cells;

    public RateOfChangeTransformer(ConversionRule rule, SeriesCatalog catalog, int seriesMax = SeriesMax)
    {
        _converter = new Converter(
            rule.Scale is null && rule.Factor is null ? rule with { Scale = One } : rule, catalog);
        _cells = new SeriesTable<GrowthCell>(series => new GrowthCell(_converter.Output(series)), seriesMax);
    }

    public override string? Problem => _converter.Problem;

    private static Expressions.Expression One =>
        Expressions.Expression.TryParseScale("1", out var one, out _) ? one : throw new InvalidOperationException();

    public override SampleFate Handle(ref Sample sample, PipelineRoute route)
    {
        var cell = _cells[sample.Series];
        if (!cell.HasLast)
        {
            cell.Keep(sample);
            return SampleFate.NoPredecessor;
        }

        var seconds = Elapsed.Seconds(cell, sample);
        if (seconds < 0)
        {
            return SampleFate.OutOfOrder;
        }

        var restarted = sample.Volume < cell.LastVolume && sample.Context.Kind == MeterKind.Cumulative;
        var growth = restarted ? sample.Volume : sample.Volume - cell.LastVolume;
        cell.Keep(sample);
        return _converter.Convert(ref sample, cell, seconds > 0 ? growth / seconds : 0);
    }
}

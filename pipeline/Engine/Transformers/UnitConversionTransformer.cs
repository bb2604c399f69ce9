using Ops.Model;

namespace Ops.Pipeline.Transformers;

/// <summary>Scales the volume and renames meter and unit; a sample of another unit than <c>source.unit</c> passes as
/// it is.</summary>
/// <remarks>Source: Ceilometer 8 (Ocata), unit_conversion.</remarks>
internal sealed class UnitConversionTransformer : Transformer
{
    private readonly Converter _converter;
    private readonly SeriesTable<ConversionCell> _cells;

    public UnitConversionTransformer(ConversionRule rule, SeriesCatalog catalog, int seriesMax = SeriesMax)
    {
        _converter = new Converter(rule, catalog);
        _cells = new SeriesTable<ConversionCell>(series => new ConversionCell(_converter.Output(series)), seriesMax);
    }

    public override string? Problem => _converter.Problem;

    public override SampleFate Handle(ref Sample sample, PipelineRoute route)
    {
        var unit = _converter.Rule.SourceUnit;
        return unit is null || unit == sample.Context.Unit
            ? _converter.Convert(ref sample, _cells[sample.Series], growth: 1)
            : SampleFate.Passed;
    }
}

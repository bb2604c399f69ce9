using Ops.Model;
using Ops.Pipeline.Expressions;

namespace Ops.Pipeline.Transformers;

/// <summary>Carries a <see cref="ConversionRule"/> out: volume, name, unit and kind. Used by one thread at a
/// time.</summary>
/// <remarks>Names and units are worked out once per series and context, and a scale that does not look at the volume
/// once per context, so that a sample in the steady state allocates nothing. A converted sample has no monotonic
/// time.</remarks>
internal sealed class Converter(ConversionRule rule, SeriesCatalog catalog)
{
    private readonly Sample[] _scope = new Sample[1];

    /// <summary>Why the last scale failed, or null.</summary>
    public string? Problem { get; private set; }

    /// <summary>The rule.</summary>
    public ConversionRule Rule => rule;

    /// <summary>The series that a series becomes; the same one where its name stays.</summary>
    public Series Output(Series input) => catalog.Renamed(input, rule.Name(input.Meter));

    /// <summary>The scaled volume.</summary>
    public SampleFate Scale(in Sample sample, ConversionCell cell, out double volume)
    {
        if (rule.Scale is not { } scale)
        {
            volume = rule.Factor is { } factor ? sample.Volume * factor : sample.Volume;
            return SampleFate.Passed;
        }

        if (!scale.VariesBySample && ReferenceEquals(cell.ScaledContext, sample.Context))
        {
            volume = cell.Scale;
            return double.IsNaN(volume) ? SampleFate.ExpressionFailed : SampleFate.Passed;
        }

        _scope[0] = sample;
        var gave = scale.TryNumber(_scope, out volume, out var problem);
        Problem = gave ? Problem : problem;
        if (!scale.VariesBySample)
        {
            cell.ScaledContext = sample.Context;
            cell.Scale = volume;
        }

        return gave ? SampleFate.Passed : SampleFate.ExpressionFailed;
    }

    /// <summary>Converts the sample in place, its scaled volume taken <paramref name="growth"/> times.</summary>
    public SampleFate Convert(ref Sample sample, ConversionCell cell, double growth)
    {
        var fate = Scale(sample, cell, out var volume);
        if (fate != SampleFate.Passed)
        {
            return fate;
        }

        volume *= growth;
        volume = rule.Max is { } max && max < volume ? max : volume;
        if (!double.IsFinite(volume))
        {
            return SampleFate.NotFinite;
        }

        sample = new Sample(cell.Output, Context(sample.Context, cell), sample.TimestampNs, volume);
        return SampleFate.Passed;
    }

    private SampleContext Context(SampleContext context, ConversionCell cell)
    {
        if (!ReferenceEquals(cell.SeenContext, context))
        {
            cell.Context = context.With(rule.TargetKind ?? context.Kind, rule.Unit(context.Unit));
            cell.SeenContext = context;
        }

        return cell.Context;
    }
}

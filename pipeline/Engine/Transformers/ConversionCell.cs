using Ops.Model;

namespace Ops.Pipeline.Transformers;

/// <summary>What a conversion worked out for one series: the series it becomes, and its last context's.</summary>
internal class ConversionCell(Series output) : SeriesCell
{
    /// <summary>The series that the samples become.</summary>
    public readonly Series Output = output;

    /// <summary>The context of the last sample, by which the next two are known to hold still.</summary>
    public SampleContext? SeenContext;

    /// <summary>What <see cref="SeenContext"/> becomes.</summary>
    public SampleContext Context = SampleContext.Plain;

    /// <summary>The context under which <see cref="Scale"/> was worked out, when it follows from the context
    /// alone.</summary>
    public SampleContext? ScaledContext;

    /// <summary>The scale's value for that context; NaN when it gives no number.</summary>
    public double Scale;
}

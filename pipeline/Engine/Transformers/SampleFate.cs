namespace Ops.Pipeline.Transformers;

/// <summary>What became of a sample in a pipeline.</summary>
internal enum SampleFate
{
    /// <summary>It came out.</summary>
    Passed,

    /// <summary>A transformer keeps it until a flush.</summary>
    Held,

    /// <summary>Its volume is not a finite number.</summary>
    InvalidVolume,

    /// <summary>No source takes its meter.</summary>
    Unmatched,

    /// <summary>The first of its series: there is nothing to compare it with.</summary>
    NoPredecessor,

    /// <summary>Older than the sample before it.</summary>
    OutOfOrder,

    /// <summary>It fell where only growth counts.</summary>
    NegativeGrowth,

    /// <summary>The expression gave no number.</summary>
    ExpressionFailed,

    /// <summary>The result is not a finite number.</summary>
    NotFinite,

    /// <summary>Its sink has no publisher that could be opened.</summary>
    NoPublisher,
}

/// <summary>The words of <see cref="SampleFate"/> for counters.</summary>
internal static class SampleFates
{
    public static readonly int Count = Enum.GetValues<SampleFate>().Length;

    public static string Word(this SampleFate fate) => fate switch
    {
        SampleFate.Passed => "passed",
        SampleFate.Held => "held",
        SampleFate.InvalidVolume => "invalid_volume",
        SampleFate.Unmatched => "unmatched",
        SampleFate.NoPredecessor => "no_predecessor",
        SampleFate.OutOfOrder => "out_of_order",
        SampleFate.NegativeGrowth => "negative_growth",
        SampleFate.ExpressionFailed => "expression_failed",
        SampleFate.NotFinite => "not_finite",
        _ => "no_publisher",
    };
}

namespace Ops.Pipeline.Expressions;

/// <summary>The signs of a comparison.</summary>
internal enum ComparisonSign
{
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
    NotEqual,
}

/// <summary>Comparison with Python's results: numbers with numbers, texts with texts; others are at most
/// equal.</summary>
internal static class ExpressionComparison
{
    public static ExpressionValue Compare(ComparisonSign sign, in ExpressionValue a, in ExpressionValue b)
    {
        if (a.IsError || b.IsError)
        {
            return a.IsError ? a : b;
        }

        if (sign is ComparisonSign.Equal or ComparisonSign.NotEqual)
        {
            return ExpressionValue.Of(AreEqual(a, b) == (sign == ComparisonSign.Equal));
        }

        if (a.IsNumber && b.IsNumber)
        {
            return a.IsWhole && b.IsWhole
                ? ExpressionValue.Of(Holds(sign, a.AsInt.CompareTo(b.AsInt)))
                : ExpressionValue.Of(Holds(sign, a.AsFloat, b.AsFloat));
        }

        return a.Type == ExpressionType.Text && b.Type == ExpressionType.Text
            ? ExpressionValue.Of(Holds(sign, string.CompareOrdinal(a.AsText, b.AsText)))
            : ExpressionValue.Error($"{a.Describe()} and {b.Describe()} have no order");
    }

    private static bool AreEqual(in ExpressionValue a, in ExpressionValue b)
    {
        if (a.IsNumber && b.IsNumber)
        {
            return a.IsWhole && b.IsWhole ? a.AsInt == b.AsInt : a.AsFloat == b.AsFloat;
        }

        return a.Type == b.Type && a.Type switch
        {
            ExpressionType.Nothing => true,
            ExpressionType.Text => a.AsText == b.AsText,
            ExpressionType.Map => a.AsMap is not null && ReferenceEquals(a.AsMap, b.AsMap),
            ExpressionType.List => ReferenceEquals(a.AsList, b.AsList),
            _ => false,
        };
    }

    private static bool Holds(ComparisonSign sign, int order) => sign switch
    {
        ComparisonSign.Less => order < 0,
        ComparisonSign.LessOrEqual => order <= 0,
        ComparisonSign.Greater => order > 0,
        _ => order >= 0,
    };

    private static bool Holds(ComparisonSign sign, double a, double b) => sign switch
    {
        ComparisonSign.Less => a < b,
        ComparisonSign.LessOrEqual => a <= b,
        ComparisonSign.Greater => a > b,
        _ => a >= b,
    };
}

using System.Globalization;
using Ops.Model;
using Ops.Storage.InfluxQl.Syntax;

namespace Ops.Storage.InfluxQl.Execution;

/// <summary>The times that a statement covers, both ends included.</summary>
internal readonly record struct TimeRange(long FromNs, long ToNs)
{
    /// <summary>The earliest and the latest time there are.</summary>
    public static readonly TimeRange All = new(long.MinValue, long.MaxValue);

    /// <summary>Whether it has a beginning.</summary>
    public bool HasStart => FromNs != long.MinValue;

    /// <summary>Whether it has an end.</summary>
    public bool HasEnd => ToNs != long.MaxValue;

    /// <summary>The same with an earlier beginning, if it has one.</summary>
    public TimeRange Earlier(long byNs) =>
        this with { FromNs = FromNs < long.MinValue + byNs ? FromNs : FromNs - byNs };

    /// <summary>The times that are in both.</summary>
    public TimeRange And(TimeRange other) => new(Math.Max(FromNs, other.FromNs), Math.Min(ToNs, other.ToNs));
}

/// <summary>A condition, parted into times and the rest.</summary>
/// <param name="Range">The times that it allows.</param>
/// <param name="Rest">What it says besides, or null.</param>
internal sealed record Condition(TimeRange Range, Expression? Rest)
{
    /// <summary>Takes the comparisons with <c>time</c> out of a condition.</summary>
    /// <exception cref="InfluxQlException">A time is compared with what is none.</exception>
    public static Condition Of(Expression? condition, long nowNs, TimeZoneInfo? zone)
    {
        var range = TimeRange.All;
        var rest = condition is null ? null : Strip(condition, nowNs, zone, ref range);
        return new Condition(range, rest is TruthLiteral { Value: true } ? null : rest);
    }

    private static Expression Strip(Expression expression, long nowNs, TimeZoneInfo? zone, ref TimeRange range)
    {
        if (expression is not Binary binary)
        {
            return expression;
        }

        if (binary.Operator is "AND" or "OR")
        {
            var left = Strip(binary.Left, nowNs, zone, ref range);
            var right = Strip(binary.Right, nowNs, zone, ref range);
            return (left, right) switch
            {
                (TruthLiteral { Value: true }, _) when binary.Operator == "AND" => right,
                (_, TruthLiteral { Value: true }) when binary.Operator == "AND" => left,
                _ => new Binary(binary.Operator, left, right),
            };
        }

        if (IsTime(binary.Left))
        {
            range = range.And(Allowed(binary.Operator, Time(binary.Right, nowNs, zone)));
            return new TruthLiteral(true);
        }

        if (IsTime(binary.Right))
        {
            range = range.And(Allowed(Mirrored(binary.Operator), Time(binary.Left, nowNs, zone)));
            return new TruthLiteral(true);
        }

        return expression;
    }

    private static bool IsTime(Expression expression) =>
        expression is ColumnName name && name.Name.Equals("time", StringComparison.OrdinalIgnoreCase);

    private static TimeRange Allowed(string sign, long ns) => sign switch
    {
        "=" => new TimeRange(ns, ns),
        ">" => new TimeRange(ns == long.MaxValue ? ns : ns + 1, long.MaxValue),
        ">=" => new TimeRange(ns, long.MaxValue),
        "<" => new TimeRange(long.MinValue, ns == long.MinValue ? ns : ns - 1),
        "<=" => new TimeRange(long.MinValue, ns),
        _ => throw new InfluxQlException($"invalid time comparison operator: {sign}"),
    };

    private static string Mirrored(string sign) =>
        sign switch { "<" => ">", "<=" => ">=", ">" => "<", ">=" => "<=", _ => sign };

    private static long Time(Expression expression, long nowNs, TimeZoneInfo? zone) => expression switch
    {
        TimeLiteral time => time.Ns,
        DurationLiteral duration => duration.Ns,
        NumberLiteral number => (long)number.Value,
        TextLiteral text => Parse(text.Value, zone)
            ?? throw new InfluxQlException("invalid operation: time and *influxql.StringLiteral are not compatible"),
        Call { Name: "now", Arguments.Count: 0 } => nowNs,
        Binary { Operator: "+" } sum => Time(sum.Left, nowNs, zone) + Time(sum.Right, nowNs, zone),
        Binary { Operator: "-" } difference => Time(difference.Left, nowNs, zone) - Time(difference.Right, nowNs, zone),
        _ => throw new InfluxQlException("invalid operation: time and what it is compared with are not compatible"),
    };

    private static long? Parse(string text, TimeZoneInfo? zone)
    {
        const int YearMin = 1677;
        const int YearMax = 2262;
        const DateTimeStyles styles = DateTimeStyles.None;
        if (text.Length == 0 || !char.IsAsciiDigit(text[0])
            || !DateTime.TryParse(
                text, CultureInfo.InvariantCulture, styles | DateTimeStyles.AdjustToUniversal, out var time))
        {
            return null;
        }

        var isUtc = time.Kind == DateTimeKind.Utc;
        var offset = isUtc ? TimeSpan.Zero : zone?.GetUtcOffset(time) ?? TimeSpan.Zero;
        var utc = new DateTimeOffset(time.Ticks, TimeSpan.Zero);
        if (utc.Year is > YearMin and < YearMax && (utc - offset).TryToUnixNs(out var ns))
        {
            return ns;
        }

        throw new InfluxQlException(
            $"time {utc:yyyy-MM-ddTHH:mm:ssZ} {(utc.Year < YearMax ? "underflows" : "overflows")} time literal");
    }
}

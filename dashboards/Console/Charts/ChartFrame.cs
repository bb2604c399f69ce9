using Ops.Console.Words;

namespace Ops.Console.Charts;

/// <summary>A chart laid out: axes with round marks, and lines as paths on a square of <see cref="Side"/>
/// units.</summary>
public sealed class ChartFrame
{
    /// <summary>Width and height of the square that paths are drawn on; it is stretched to the plot.</summary>
    public const int Side = 1000;

    private const int ValueSteps = 5;
    private const int TimeMarksMax = 9;
    private const double ZeroBelowShare = 0.6;

    private ChartFrame(ChartQuestion question, Quantity quantity, double bottom, double top)
    {
        Question = question;
        Quantity = quantity;
        Bottom = bottom;
        Top = top;
    }

    /// <summary>What was asked to be drawn.</summary>
    public ChartQuestion Question { get; }

    /// <summary>The unit of the value axis.</summary>
    public Quantity Quantity { get; }

    /// <summary>The value at the lower edge, in the meter's unit.</summary>
    public double Bottom { get; }

    /// <summary>The value at the upper edge, in the meter's unit.</summary>
    public double Top { get; }

    /// <summary>The marks of the value axis, upwards.</summary>
    public IReadOnlyList<AxisMark> ValueMarks { get; private init; } = [];

    /// <summary>The marks of the time axis, onwards.</summary>
    public IReadOnlyList<AxisMark> TimeMarks { get; private init; } = [];

    /// <summary>The path of each series; empty for one without points.</summary>
    public IReadOnlyList<string> Paths { get; private init; } = [];

    /// <summary>Whether there is anything to see.</summary>
    public bool HasPoints => Paths.Any(path => path.Length > 0);

    /// <summary>Lays a chart out.</summary>
    public static ChartFrame Of(ChartQuestion question)
    {
        var values = question.Series.SelectMany(series => series.Points).Select(point => point.Value)
            .Where(double.IsFinite).DefaultIfEmpty(0).ToArray();
        var (min, max) = (values.Min(), values.Max());
        if (min > 0 && min < max * ZeroBelowShare)
        {
            min = 0;
        }

        var quantity = Quantity.For(question.Unit, Math.Max(Math.Abs(min), Math.Abs(max)));
        var ticks = NiceTicks.Over(min / quantity.Divisor, max / quantity.Divisor, ValueSteps);
        var frame = new ChartFrame(question, quantity, ticks[0] * quantity.Divisor, ticks[^1] * quantity.Divisor);
        return new ChartFrame(question, quantity, frame.Bottom, frame.Top)
        {
            ValueMarks = [.. ticks.Select(tick => new AxisMark(
                frame.Y(tick * quantity.Divisor), Label(tick, ticks[1] - ticks[0]), tick == 0))],
            TimeMarks = [.. TimeTicks.Over(question.From, question.To, TimeMarksMax, question.Zone)
                .Select(tick => new AxisMark(frame.X(tick.At), tick.Label, tick.NewDay))],
            Paths = [.. question.Series.Select(series => ChartPath.Of(series.Points, frame.X, frame.Y, question.Gap))],
        };
    }

    /// <summary>Where an instant lies, as a fraction from the left edge.</summary>
    public double X(DateTimeOffset at) => (at - Question.From) / (Question.To - Question.From);

    /// <summary>Where a value lies, as a fraction from the upper edge.</summary>
    public double Y(double value) => (Top - value) / (Top - Bottom);

    private static string Label(double tick, double step)
    {
        var digits = Math.Clamp((int)Math.Ceiling(-Math.Log10(step) - 1e-9), 0, 9);
        return Math.Round(tick, digits).ToString(
            Math.Abs(tick) >= 10_000 ? "#,0" : "F" + digits, System.Globalization.CultureInfo.InvariantCulture);
    }
}

using System.Globalization;

namespace Ops.Console.Words;

/// <summary>A measuring unit brought to a size that people read: bytes to MiB, nanoseconds to seconds.</summary>
/// <param name="Divisor">What a value is divided by.</param>
/// <param name="Symbol">The unit after that; empty for a bare number.</param>
public readonly record struct Quantity(double Divisor, string Symbol)
{
    private static readonly string[] Binary = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];
    private static readonly (double Nanoseconds, string Symbol)[] Times =
        [(1, "ns"), (1e3, "µs"), (1e6, "ms"), (1e9, "s"), (60e9, "min"), (3600e9, "h"), (86400e9, "d")];

    private static readonly (double Factor, string Symbol)[] Thousands =
        [(1, ""), (1e3, "k"), (1e6, "M"), (1e9, "G"), (1e12, "T")];

    /// <summary>The quantity in which values up to that size read well.</summary>
    /// <param name="unit">The meter's unit, such as <c>B</c>, <c>KB</c>, <c>ns</c>, <c>%</c> or <c>B/s</c>.</param>
    /// <param name="largest">The largest magnitude to be shown.</param>
    public static Quantity For(string unit, double largest)
    {
        var slash = unit.IndexOf('/', StringComparison.Ordinal);
        var (subject, per) = slash > 0 ? (unit[..slash], unit[slash..]) : (unit, "");
        var size = double.IsFinite(largest) ? Math.Abs(largest) : 0;
        return subject switch
        {
            "B" or "byte" or "bytes" => Bytes(1, size, per),
            "KB" or "kB" or "KiB" => Bytes(1024, size, per),
            "MB" or "MiB" => Bytes(1024 * 1024, size, per),
            "GB" or "GiB" => Bytes(1024 * 1024 * 1024, size, per),
            "ns" when per == "/s" => new Quantity(1e7, "%"),
            "ns" => Time(1, size, per),
            "us" or "µs" => Time(1e3, size, per),
            "ms" => Time(1e6, size, per),
            "s" or "sec" or "second" or "seconds" => Time(1e9, size, per),
            "%" or "percent" => new Quantity(1, "%" + per),
            _ => Count(subject, size, per),
        };
    }

    /// <summary>A value in its own best unit: <c>1.5 GiB</c>, <c>87 %</c>, <c>0.42</c>.</summary>
    public static string Say(double value, string unit) => For(unit, value).Say(value);

    /// <summary>A value in this unit, with three telling digits.</summary>
    public string Say(double value)
    {
        var number = Number(value / Divisor);
        return Symbol.Length == 0 ? number : $"{number} {Symbol}";
    }

    /// <summary>A number with three telling digits and no needless zeros: <c>1234</c>, <c>12.3</c>,
    /// <c>0.012</c>.</summary>
    public static string Number(double value)
    {
        var magnitude = Math.Abs(value);
        if (!double.IsFinite(value))
        {
            return "–";
        }

        var format = magnitude switch
        {
            0 => "0",
            >= 99.95 => "#,0",
            >= 9.995 => "0.#",
            >= 0.9995 => "0.##",
            >= 0.001 => "0.####",
            _ => "0.##e0",
        };
        return value.ToString(format, CultureInfo.InvariantCulture);
    }

    private static Quantity Bytes(double bytes, double size, string per)
    {
        var step = 0;
        for (var rest = size * bytes; rest >= 1024 && step < Binary.Length - 1; rest /= 1024)
        {
            step++;
        }

        return new Quantity(Math.Pow(1024, step) / bytes, Binary[step] + per);
    }

    private static Quantity Time(double nanoseconds, double size, string per)
    {
        var best = Times[0];
        foreach (var time in Times)
        {
            if (size * nanoseconds >= time.Nanoseconds)
            {
                best = time;
            }
        }

        best = size == 0 ? Times.First(time => time.Nanoseconds >= nanoseconds) : best;
        return new Quantity(best.Nanoseconds / nanoseconds, best.Symbol + per);
    }

    private static Quantity Count(string unit, double size, string per)
    {
        var best = Thousands[0];
        foreach (var step in Thousands.Where(step => size >= (step.Factor == 1e3 ? 10 : 1) * step.Factor))
        {
            best = step;
        }

        var symbol = unit + per;
        return new Quantity(best.Factor, symbol.Length == 0 ? best.Symbol : $"{best.Symbol} {symbol}".TrimStart());
    }
}

namespace Ops.Storage.InfluxQl;

/// <summary>What a cell of an answer holds.</summary>
public enum CellKind
{
    /// <summary>Nothing.</summary>
    Null,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A text.</summary>
    Text,

    /// <summary>A time.</summary>
    Time,

    /// <summary>true or false.</summary>
    Truth,
}

/// <summary>A cell of an answer.</summary>
public readonly struct Cell
{
    private readonly double _number;

    private Cell(CellKind kind, double number, long timeNs, string? text)
    {
        Kind = kind;
        _number = number;
        TimeNs = timeNs;
        Text = text;
    }

    /// <summary>What it holds.</summary>
    public CellKind Kind { get; }

    /// <summary>The number.</summary>
    public double Number => _number;

    /// <summary>The time in nanoseconds since the epoch.</summary>
    public long TimeNs { get; }

    /// <summary>The text.</summary>
    public string? Text { get; }

    /// <summary>Nothing.</summary>
    public static Cell Null => default;

    /// <summary>A number; nothing for one that is not finite.</summary>
    public static Cell OfNumber(double number) =>
        double.IsFinite(number) ? new Cell(CellKind.Number, number, 0, null) : default;

    /// <summary>A text; nothing for null.</summary>
    public static Cell OfText(string? text) => text is null ? default : new Cell(CellKind.Text, 0, 0, text);

    /// <summary>A time.</summary>
    public static Cell OfTime(long ns) => new(CellKind.Time, 0, ns, null);

    /// <summary>true or false.</summary>
    public static Cell OfTruth(bool value) => new(CellKind.Truth, value ? 1 : 0, 0, null);
}

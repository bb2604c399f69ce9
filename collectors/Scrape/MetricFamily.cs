using Ops.Model;

namespace Ops.Collectors.Scrape;

/// <summary>What an exposition says of a metric: its type and unit, which may change from scrape to scrape.</summary>
internal sealed class MetricFamily
{
    private static readonly (string Suffix, string Unit)[] BaseUnits =
    [
        ("_seconds", "s"), ("_bytes", "B"), ("_celsius", "C"), ("_joules", "J"), ("_volts", "V"), ("_amperes", "A"),
        ("_meters", "m"), ("_grams", "g"), ("_hertz", "Hz"), ("_ratio", "1"),
    ];

    private static readonly string[] CountSuffixes = ["_bucket", "_count", "_gcount"];

    /// <summary>The type.</summary>
    public MetricType Type { get; private set; }

    /// <summary>The unit; empty where none is declared.</summary>
    public string Unit { get; private set; } = "";

    /// <summary>Grows with every change.</summary>
    public int Version { get; private set; }

    /// <summary>Notes the type.</summary>
    public void Declare(MetricType type)
    {
        Version += type == Type ? 0 : 1;
        Type = type;
    }

    /// <summary>Notes the unit.</summary>
    public void Declare(string unit)
    {
        Version += unit == Unit ? 0 : 1;
        Unit = unit;
    }

    /// <summary>What a series of the family is, by how its name goes on after the family's.</summary>
    /// <param name="family">The family; null where none is declared.</param>
    /// <param name="suffix">Such as <c>_bucket</c>; empty for the family's own name.</param>
    public static MeterKind KindOf(MetricFamily? family, string suffix) => (family?.Type, suffix) switch
    {
        (_, "_created") => MeterKind.Gauge,
        (MetricType.Counter, _) => MeterKind.Cumulative,
        (MetricType.Histogram or MetricType.Summary, "_bucket" or "_count" or "_sum") => MeterKind.Cumulative,
        _ => MeterKind.Gauge,
    };

    /// <summary>The unit that is declared, else the one that the name ends with by convention; else empty.</summary>
    public static string UnitOf(MetricFamily? family, string name, string suffix)
    {
        if (Array.IndexOf(CountSuffixes, suffix) >= 0)
        {
            return "";
        }

        if (suffix == "_created")
        {
            return "s";
        }

        if (family is { Unit.Length: > 0 })
        {
            return Array.Find(BaseUnits, unit => unit.Suffix[1..] == family.Unit).Unit ?? family.Unit;
        }

        var bare = name.EndsWith("_total", StringComparison.Ordinal) ? name[..^6]
            : suffix == "_sum" ? name[..^4]
            : name;
        return Array.Find(BaseUnits, unit => bare.EndsWith(unit.Suffix, StringComparison.Ordinal)).Unit ?? "";
    }
}

using System.Buffers.Text;

namespace Ops.Collectors.StatsD;

/// <summary>What a StatsD metric is.</summary>
internal enum StatsdKind
{
    Counter,
    Gauge,
    Timer,
    Histogram,
    Set,
}

/// <summary>One line of StatsD.</summary>
/// <remarks>
/// <code>
/// line  = name 1*( ":" value ) "|" type *( "|" extra )
/// type  = "c" | "g" | "ms" | "h" | "d" | "s"
/// value = [ "+" | "-" ] number     a sign makes the value of a gauge a change; of a set any text
/// extra = "@" rate | "#" tags | "c:" container | "T" seconds
/// tags  = tag *( "," tag )    tag = name [ ":" value ]
/// </code>
/// Container and time are passed over. Source: etsy/statsd, docs/metric_types.md; DogStatsD protocol 1.3.
/// </remarks>
internal readonly ref struct StatsdLine
{
    private StatsdLine(
        ReadOnlySpan<byte> name, ReadOnlySpan<byte> values, StatsdKind kind, double rate, ReadOnlySpan<byte> tags)
    {
        Name = name;
        Values = values;
        Kind = kind;
        Rate = rate;
        Tags = tags;
    }

    public ReadOnlySpan<byte> Name { get; }

    /// <summary>The values, with colons between.</summary>
    public ReadOnlySpan<byte> Values { get; }

    public StatsdKind Kind { get; }

    /// <summary>The share of values that was sent, above 0 and at most 1.</summary>
    public double Rate { get; }

    public ReadOnlySpan<byte> Tags { get; }

    /// <summary>Reads a line.</summary>
    /// <returns>Why it is refused, or null.</returns>
    public static string? Read(ReadOnlySpan<byte> line, out StatsdLine read)
    {
        read = default;
        if (line.StartsWith("_e{"u8) || line.StartsWith("_sc|"u8))
        {
            return "events and service checks are not taken";
        }

        var colon = line.IndexOf((byte)':');
        var bar = line.IndexOf((byte)'|');
        if (colon <= 0 || bar < colon)
        {
            return "a line must be name:value|type";
        }

        var values = line[(colon + 1)..bar];
        var rest = line[(bar + 1)..];
        var end = rest.IndexOf((byte)'|');
        if (KindOf(end < 0 ? rest : rest[..end]) is not { } kind)
        {
            return "a type must be one of c, g, ms, h, d, s";
        }

        var rate = 1.0;
        ReadOnlySpan<byte> tags = default;
        while (end >= 0)
        {
            rest = rest[(end + 1)..];
            end = rest.IndexOf((byte)'|');
            var extra = end < 0 ? rest : rest[..end];
            if (extra.StartsWith("#"u8))
            {
                tags = extra[1..];
            }
            else if (extra.StartsWith("@"u8) && (!TryNumber(extra[1..], out rate) || rate is <= 0 or > 1))
            {
                return "a rate must be above 0 and at most 1";
            }
        }

        if (values.IsEmpty)
        {
            return "a value is missing";
        }

        read = new StatsdLine(line[..colon], values, kind, rate, tags);
        return null;
    }

    /// <summary>Reads a finite number.</summary>
    public static bool TryNumber(ReadOnlySpan<byte> text, out double number) =>
        Utf8Parser.TryParse(text, out number, out var used) && used == text.Length && used > 0
        && double.IsFinite(number);

    private static StatsdKind? KindOf(ReadOnlySpan<byte> type) => type switch
    {
        [(byte)'c'] => StatsdKind.Counter,
        [(byte)'g'] => StatsdKind.Gauge,
        [(byte)'m', (byte)'s'] => StatsdKind.Timer,
        [(byte)'h'] or [(byte)'d'] => StatsdKind.Histogram,
        [(byte)'s'] => StatsdKind.Set,
        _ => null,
    };
}

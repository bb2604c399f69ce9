using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Ops.Collectors.InfluxLine;
using Ops.Model;

namespace Ops.Collectors.Scrape;

/// <summary>Reads the text of Prometheus (0.0.4) or of OpenMetrics (1.0) line by line, without allocating.</summary>
/// <remarks>
/// <code>
/// line      = sample | "# TYPE " name " " type | "# UNIT " name " " unit | "# HELP " ... | "# EOF" | "#" ... | ""
/// sample    = name [ "{" [ label { "," label } [ "," ] ] "}" ] " " value [ " " time ] [ " # " exemplar ]
/// label     = name "=" '"' { any | '\\' | '\"' | '\n' } '"'
/// </code>
/// A time is whole milliseconds in Prometheus' text and seconds in OpenMetrics'. Only OpenMetrics has exemplars, which
/// are passed over, and it must end with <c># EOF</c>. Labels are checked when a series is first met (see
/// <see cref="SeriesText"/>). Sources: Prometheus' page on exposition formats; OpenMetrics 1.0.
/// </remarks>
internal ref struct ExpositionReader(ReadOnlySpan<byte> text, bool isOpenMetrics)
{
    /// <summary>Bytes of a name with its labels.</summary>
    public const int KeyBytesMax = 64 << 10;

    private static readonly SearchValues<byte> NameBytes = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_:"u8);

    private readonly bool _isOpenMetrics = isOpenMetrics;
    private ReadOnlySpan<byte> _rest = text;
    private ReadOnlySpan<byte> _line;
    private bool _hasEnded;

    /// <summary>The line's number, from 1.</summary>
    public int LineNumber { get; private set; }

    /// <summary>The metric's name, of a type or unit.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>The unit.</summary>
    public ReadOnlySpan<byte> Unit { get; private set; }

    /// <summary>The type.</summary>
    public MetricType Type { get; private set; }

    /// <summary>The sample's name and labels as written.</summary>
    public ReadOnlySpan<byte> Key { get; private set; }

    /// <summary>The sample's value; it may be NaN or infinite.</summary>
    public double Value { get; private set; }

    /// <summary>The sample's time in nanoseconds since the epoch; null when it bears none.</summary>
    public long? TimestampNs { get; private set; }

    /// <summary>What is wrong.</summary>
    public string? Fault { get; private set; }

    /// <summary>Reads on to the next line that says something.</summary>
    /// <param name="expected">The key that probably comes, to find its end faster; or empty.</param>
    public ExpositionLine Next(ReadOnlySpan<byte> expected)
    {
        while (_rest.Length > 0)
        {
            LineNumber++;
            var end = _rest.IndexOf((byte)'\n');
            _line = end < 0 ? _rest : _rest[..end];
            _rest = end < 0 ? default : _rest[(end + 1)..];
            if (_line.Length > 0 && _line[^1] == '\r')
            {
                _line = _line[..^1];
            }

            if (_line.TrimStart(" \t"u8).IsEmpty)
            {
                continue;
            }

            if (_hasEnded)
            {
                return Refuse("follows '# EOF'");
            }

            if (_line[0] != '#')
            {
                return ReadSample(expected);
            }

            if (ReadComment() is { } met)
            {
                return met;
            }
        }

        return _isOpenMetrics && !_hasEnded ? Refuse("the text ends without '# EOF'", quotes: false)
            : ExpositionLine.End;
    }

    /// <summary>Says of the present line what is wrong with it.</summary>
    public readonly string Describe(string what) =>
        string.Create(CultureInfo.InvariantCulture, $"line {LineNumber}: {what}: '{QuotedText.Of(_line)}'");

    private ExpositionLine? ReadComment()
    {
        var text = _line[1..].TrimStart(" \t"u8);
        if (_isOpenMetrics && _line.SequenceEqual("# EOF"u8))
        {
            _hasEnded = true;
            return null;
        }

        var keyword = Word(ref text);
        if (!keyword.SequenceEqual("TYPE"u8) && !keyword.SequenceEqual("UNIT"u8))
        {
            return null;
        }

        var name = Word(ref text);
        var word = Word(ref text);
        if (name.IsEmpty || name.IndexOfAnyExcept(NameBytes) >= 0 || char.IsAsciiDigit((char)name[0]))
        {
            return Refuse("names no metric");
        }

        Name = name;
        if (keyword[0] == 'U')
        {
            Unit = word;
            return ExpositionLine.Unit;
        }

        if (!MetricTypes.TryParse(word, out var type))
        {
            var found = QuotedText.Of(word);
            return Refuse($"the type must be one of {string.Join(", ", MetricTypes.All)}, found '{found}'"
                + NearestName.Hint(found, MetricTypes.All));
        }

        Type = type;
        return ExpositionLine.Type;
    }

    private ExpositionLine ReadSample(ReadOnlySpan<byte> expected)
    {
        var end = KeyEnd(expected);
        if (end <= 0)
        {
            return Refuse(end == 0 ? "begins with no metric's name" : "the labels do not end");
        }

        if (end > KeyBytesMax)
        {
            return Refuse($"the name and labels are longer than {KeyBytesMax} bytes");
        }

        Key = _line[..end];
        var rest = _line[end..].TrimStart(" \t"u8);
        if (rest.Length > 0 && rest.Length == _line.Length - end && Key[^1] != '}')
        {
            return Refuse("a blank must follow the name");
        }

        var value = Word(ref rest);
        if (!TryReadValue(value, out var number))
        {
            return Refuse(value.IsEmpty ? "has no value" : $"'{QuotedText.Of(value)}' is no value");
        }

        Value = number;
        TimestampNs = null;
        if (rest.Length > 0 && rest[0] != '#')
        {
            var time = Word(ref rest);
            if (!TryReadTime(time, out var timestampNs))
            {
                return Refuse($"'{QuotedText.Of(time)}' is no time");
            }

            TimestampNs = timestampNs;
        }

        var isExemplar = _isOpenMetrics && rest.StartsWith("# {"u8);
        return rest.IsEmpty || isExemplar
            ? ExpositionLine.Sample
            : Refuse($"'{QuotedText.Of(rest)}' follows the sample");
    }

    /// <summary>Where the name and labels end; 0 where there is no name, -1 where the labels do not end.</summary>
    private readonly int KeyEnd(ReadOnlySpan<byte> expected)
    {
        var line = _line;
        if (expected.Length > 0 && line.Length > expected.Length && line.StartsWith(expected)
            && line[expected.Length] is (byte)' ' or (byte)'\t')
        {
            if (expected[^1] == '}' || !line[expected.Length..].TrimStart(" \t"u8).StartsWith("{"u8))
            {
                return expected.Length;
            }
        }

        var name = line.IndexOfAnyExcept(NameBytes);
        name = name < 0 ? line.Length : name;
        if (name == 0 || char.IsAsciiDigit((char)line[0]))
        {
            return 0;
        }

        var open = name;
        while (open < line.Length && line[open] is (byte)' ' or (byte)'\t')
        {
            open++;
        }

        return open < line.Length && line[open] == '{' ? LabelsEnd(open + 1) : name;
    }

    private readonly int LabelsEnd(int at)
    {
        var isQuoted = false;
        while (true)
        {
            var step = isQuoted ? _line[at..].IndexOfAny((byte)'"', (byte)'\\') : _line[at..].IndexOfAny("\"}"u8);
            if (step < 0)
            {
                return -1;
            }

            at += step + 1;
            switch (_line[at - 1])
            {
                case (byte)'}':
                    return at;
                case (byte)'"':
                    isQuoted = !isQuoted;
                    break;
                default:
                    at++;
                    if (at > _line.Length)
                    {
                        return -1;
                    }

                    break;
            }
        }
    }

    private static bool TryReadValue(ReadOnlySpan<byte> word, out double value)
    {
        if (word.Length > 0 && (char.IsAsciiDigit((char)word[0]) || word[0] is (byte)'-' or (byte)'.')
            && NumberText.TryRead(word, out value, out var used) && used == word.Length
            && word[^1] is not ((byte)'i' or (byte)'u'))
        {
            return true;
        }

        var isNegative = word.StartsWith("-"u8);
        var bare = isNegative || word.StartsWith("+"u8) ? word[1..] : word;
        if (Ascii.EqualsIgnoreCase(bare, "Inf"u8) || Ascii.EqualsIgnoreCase(bare, "Infinity"u8))
        {
            value = isNegative ? double.NegativeInfinity : double.PositiveInfinity;
            return true;
        }

        if (Ascii.EqualsIgnoreCase(word, "NaN"u8))
        {
            value = double.NaN;
            return true;
        }

        value = 0;
        return word.StartsWith("+"u8) && bare.Length > 0 && char.IsAsciiDigit((char)bare[0])
            && Utf8Parser.TryParse(bare, out value, out used) && used == bare.Length && double.IsFinite(value);
    }

    private readonly bool TryReadTime(ReadOnlySpan<byte> word, out long timestampNs)
    {
        timestampNs = 0;
        double ms;
        if (_isOpenMetrics)
        {
            if (!Utf8Parser.TryParse(word, out double seconds, out var used) || used != word.Length)
            {
                return false;
            }

            ms = seconds * 1000;
        }
        else
        {
            if (!Utf8Parser.TryParse(word, out long whole, out var used) || used != word.Length)
            {
                return false;
            }

            ms = whole;
        }

        if (!(ms >= LineDiagnosis.EarliestNs / 1e6 && ms < long.MaxValue / 1e6))
        {
            return false;
        }

        timestampNs = _isOpenMetrics ? (long)(ms * 1e6) : (long)ms * 1_000_000;
        return true;
    }

    /// <summary>Takes the next word, and the blanks after it.</summary>
    private static ReadOnlySpan<byte> Word(scoped ref ReadOnlySpan<byte> text)
    {
        var end = text.IndexOfAny((byte)' ', (byte)'\t');
        var word = end < 0 ? text : text[..end];
        text = end < 0 ? default : text[end..].TrimStart(" \t"u8);
        return word;
    }

    private ExpositionLine Refuse(string what, bool quotes = true)
    {
        Fault = quotes ? Describe(what) : what;
        return ExpositionLine.Fault;
    }
}

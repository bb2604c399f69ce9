using System.Buffers.Text;
using Ops.Model;

namespace Ops.Collectors.InfluxLine;

/// <summary>Reads the lines of one body into batches, as they come in.</summary>
/// <remarks>
/// <code>
/// line  = key 1*" " field *( "," field ) [ 1*" " timestamp ] *" "        key as in KeyText
/// field = name "=" value        value = number [ "i" | "u" ] | truth | DQUOTE text DQUOTE
/// </code>
/// A line that is refused leaves no sample. Nothing is allocated for a line whose series are known.
/// </remarks>
internal sealed class LinePass(SeriesCache cache, LineProtocolLimits limits, TimestampPrecision precision, long nowNs)
{
    private readonly LineTally _tally = new(limits);
    private readonly LineEnds _ends = new(limits.LineBytesMax);
    private readonly (Series Series, double Value)[] _staged =
        new (Series, double)[Math.Clamp(limits.FieldsMax, 1, LineProtocolLimits.FieldsMaxMost)];

    private readonly long _unitNs = precision.UnitNs();
    private bool _isOverlong;
    private bool _isDropped;

    /// <summary>What became of the lines so far.</summary>
    public LineProtocolResult Result => _tally.ToResult();

    /// <summary>Whether a batch should be handed over before the next line.</summary>
    public static bool IsFull(SampleBatch batch) =>
        batch.Count > SampleBatch.CountMax - LineProtocolLimits.FieldsMaxMost;

    /// <summary>Reads whole lines until the text is used up or the batch is full.</summary>
    /// <param name="text">What is left of the body so far.</param>
    /// <param name="isLast">Whether nothing follows, so that the last line needs no end.</param>
    /// <param name="batch">Takes the samples.</param>
    /// <returns>How many bytes were used; the rest is the beginning of a line, unless the batch is full.</returns>
    public int Read(ReadOnlySpan<byte> text, bool isLast, SampleBatch batch)
    {
        var used = 0;
        while (used < text.Length && !IsFull(batch))
        {
            var rest = text[used..];
            var length = _ends.Find(rest, isLast, isPlain: _isOverlong);
            if (length < 0)
            {
                if (rest.Length <= limits.LineBytesMax)
                {
                    return used;
                }

                // Pass over what there is of the line: its end is yet to come.
                if (!_isOverlong)
                {
                    _tally.Line++;
                    _tally.RefuseOverlong(rest.Length);
                    _isOverlong = true;
                }

                return text.Length;
            }

            if (_isOverlong)
            {
                _isOverlong = false;
            }
            else
            {
                ReadLine(rest[..length], batch);
            }

            used += Math.Min(rest.Length, length + 1);
        }

        return used;
    }

    private void ReadLine(ReadOnlySpan<byte> line, SampleBatch batch)
    {
        _tally.Line++;
        line = line.TrimStart((byte)' ').TrimEnd((byte)'\r');
        if (line.IsEmpty || line[0] == '#' || line.IndexOfAnyExcept((byte)' ', (byte)'\t', (byte)0) < 0)
        {
            return;
        }

        if (line.Length > limits.LineBytesMax)
        {
            _tally.RefuseOverlong(line.Length);
            return;
        }

        _isDropped = false;
        if (ReadPoint(line, batch) is { } fault)
        {
            _tally.Refuse(line, fault, _isDropped);
            return;
        }

        _tally.Accepted++;
    }

    /// <summary>Reads a line that holds something.</summary>
    /// <returns>Why it is refused, or null.</returns>
    private string? ReadPoint(ReadOnlySpan<byte> line, SampleBatch batch)
    {
        var keyEnd = LineEnds.OfKey(line);
        var key = line[..keyEnd];
        var known = cache.Find(key);
        if (known is null && cache.Read(key, out known) is { } fault)
        {
            return fault;
        }

        var entry = known!;
        var start = keyEnd;
        while (start < line.Length && line[start] == ' ')
        {
            start++;
        }

        if (start == line.Length)
        {
            return "missing fields";
        }

        if (ReadFields(line, start, entry, out var end, out var count) is { } wrong)
        {
            return wrong;
        }

        if (ReadTimestamp(line[end..], out var timestampNs) is { } badTime)
        {
            return badTime;
        }

        cache.Keep(entry);
        for (var i = 0; i < count; i++)
        {
            batch.Add(new Sample(_staged[i].Series, entry.Context, timestampNs, _staged[i].Value));
        }

        _tally.Samples += count;
        return null;
    }

    private string? ReadFields(ReadOnlySpan<byte> line, int start, KeyEntry entry, out int end, out int count)
    {
        (end, count) = (start, 0);
        var (number, texts) = (0, 0);
        var known = entry.Fields;
        while (true)
        {
            var nameStart = end;
            var series = number < known.Length ? Expected(known[number], line, ref end) : null;
            if (series is null)
            {
                end = LineEnds.OfFieldName(line, nameStart);
                if (end == nameStart || end == line.Length)
                {
                    return LineDiagnosis.OfFields(line, start);
                }
            }

            var name = line[nameStart..end];
            if (!LineValue.TryRead(line[(end + 1)..], out var value, out var isText, out var used))
            {
                return LineDiagnosis.OfFields(line, start);
            }

            end += 1 + used;
            number++;
            if (number > _staged.Length)
            {
                return $"too many fields; at most {_staged.Length} are allowed";
            }

            if (isText)
            {
                texts++;
            }
            else
            {
                (series, var fault) = series is null ? SeriesOf(entry, name) : (series, null);
                if (series is null)
                {
                    _isDropped = true;
                    return fault;
                }

                _staged[count++] = (series, value);
            }

            if (end == line.Length || line[end] == ' ')
            {
                _tally.TextFields += texts;
                return null;
            }

            end++;
        }
    }

    /// <summary>The series of the field that stood at this place before, when it stands there again.</summary>
    private static Series? Expected(FieldEntry field, ReadOnlySpan<byte> line, ref int end)
    {
        var name = field.Name;
        var equals = end + name.Length;
        if (equals < line.Length && line[equals] == '=' && line.Slice(end, name.Length).SequenceEqual(name))
        {
            end = equals;
            return field.Series;
        }

        return null;
    }

    private (Series? Series, string? Fault) SeriesOf(KeyEntry entry, ReadOnlySpan<byte> name)
    {
        foreach (var field in entry.Fields)
        {
            if (name.SequenceEqual(field.Name))
            {
                return (field.Series, null);
            }
        }

        return cache.Meet(entry, name);
    }

    private string? ReadTimestamp(ReadOnlySpan<byte> text, out long timestampNs)
    {
        var word = text.Trim((byte)' ');
        if (word.IsEmpty)
        {
            timestampNs = nowNs - (nowNs % _unitNs);
            return null;
        }

        if (!Utf8Parser.TryParse(word, out timestampNs, out var used) || used != word.Length || word[0] == '+')
        {
            var blank = word.IndexOf((byte)' ');
            var fault = LineDiagnosis.OfTimestamp(blank < 0 ? word : word[..blank]);
            return blank >= 0 && fault == LineDiagnosis.OutsideRange ? "point is invalid" : fault;
        }

        var units = timestampNs;
        timestampNs = unchecked(units * _unitNs);
        var most = (long.MaxValue - 1) / _unitNs;
        if (units > most || units < -most)
        {
            return LineDiagnosis.OutsideRange;
        }

        return timestampNs < LineDiagnosis.EarliestNs ? LineDiagnosis.TooEarly(timestampNs) : null;
    }
}

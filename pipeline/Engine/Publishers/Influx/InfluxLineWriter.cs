using System.Text;
using Ops.Model;
using Ops.Pipeline.Publishers.Delivery;

namespace Ops.Pipeline.Publishers.Influx;

/// <summary>Writes samples as line protocol. Not safe for concurrent use.</summary>
/// <remarks>
/// <code>line = measurement *( "," tag "=" value ) " " field "=" number *( "," field "=" number ) " " time LF</code>
/// A line-protocol series leaves under its own measurement, field and tags; adjacent samples of equal tags and time
/// share a line. A polled meter is the measurement of its own name with the field <c>value</c>. Nothing is allocated
/// for a sample whose series was met before.
/// </remarks>
internal sealed class InfluxLineWriter
{
    private const double IntegerMax = 9.2e18;
    private const int StampBytesMax = 24;

    private readonly long _precisionNs;
    private readonly IReadOnlyList<string> _integers;
    private readonly SeriesMemo<InfluxSeries> _memo;
    private readonly Dictionary<(string, Tags), InfluxKey> _keys = [];
    private readonly byte[] _stamp = new byte[StampBytesMax];
    private int _stampLength;
    private long _stampNs;

    /// <summary>A writer with its own memory of series.</summary>
    /// <param name="precisionNs">Nanoseconds in a unit of the timestamps.</param>
    /// <param name="integers">Meters, by name or wildcard, whose values are integers.</param>
    public InfluxLineWriter(long precisionNs, IReadOnlyList<string> integers)
    {
        _precisionNs = precisionNs;
        _integers = integers;
        _memo = new SeriesMemo<InfluxSeries>(Make);
    }

    /// <summary>Appends the samples to a body.</summary>
    /// <returns>How many lines they make, and how many values were too large for an integer and are left
    /// out.</returns>
    public (int Lines, int TooLarge) Write(ReadOnlySpan<Sample> samples, ByteText body)
    {
        var (lines, tooLarge) = (0, 0);
        InfluxSeries? previous = null;
        Series? previousSeries = null;
        var previousNs = 0L;
        foreach (ref readonly var sample in samples)
        {
            var series = _memo.Of(sample);
            if (series.IsInteger && !(Math.Abs(sample.Volume) < IntegerMax))
            {
                tooLarge++;
                continue;
            }

            if (previous is not null && previousNs == sample.TimestampNs && ReferenceEquals(previous.Key, series.Key)
                && !ReferenceEquals(previousSeries, sample.Series))
            {
                body.Add((byte)',');
            }
            else
            {
                End(previous, previousNs, body);
                body.Add(series.Key.Bytes);
                lines++;
            }

            body.Add(series.Field);
            AddValue(series, sample.Volume, body);
            previous = series;
            previousSeries = sample.Series;
            previousNs = sample.TimestampNs;
        }

        End(previous, previousNs, body);
        return (lines, tooLarge);
    }

    private static void AddValue(InfluxSeries series, double volume, ByteText body)
    {
        if (series.IsInteger)
        {
            body.Add((long)Math.Round(volume));
            body.Add((byte)'i');
        }
        else
        {
            body.Add(volume);
        }
    }

    private void End(InfluxSeries? series, long timestampNs, ByteText body)
    {
        if (series is null)
        {
            return;
        }

        if (_stampLength == 0 || timestampNs != _stampNs)
        {
            Stamp(timestampNs);
        }

        body.Add(_stamp.AsSpan(0, _stampLength));
    }

    private void Stamp(long timestampNs)
    {
        // Rounded down, before 1970 too.
        var units = _precisionNs == 1 ? timestampNs
            : (timestampNs / _precisionNs) - (timestampNs % _precisionNs < 0 ? 1 : 0);
        _stamp[0] = (byte)' ';
        System.Buffers.Text.Utf8Formatter.TryFormat(units, _stamp.AsSpan(1), out var written);
        _stamp[1 + written] = (byte)'\n';
        _stampLength = written + 2;
        _stampNs = timestampNs;
    }

    private InfluxSeries Make(Series series, SampleContext context)
    {
        var isInteger = _integers.Any(pattern => Glob.Matches(pattern, series.Meter));
        return new InfluxSeries(
            KeyOf(series.Measurement, SeriesTags.Of(series, context)),
            Encoding.UTF8.GetBytes($"{InfluxText.Word(series.Field)}="),
            isInteger);
    }

    private InfluxKey KeyOf(string measurement, Tags tags)
    {
        if (_keys.TryGetValue((measurement, tags), out var known))
        {
            return known;
        }

        var text = new StringBuilder(InfluxText.Measurement(measurement));
        foreach (var (name, value) in tags)
        {
            if (value.Length > 0)
            {
                text.Append(',').Append(InfluxText.Word(name)).Append('=').Append(InfluxText.Word(value));
            }
        }

        if (_keys.Count >= SeriesMemo<InfluxSeries>.SeriesMax)
        {
            _keys.Clear();
        }

        return _keys[(measurement, tags)] = new InfluxKey(Encoding.UTF8.GetBytes(text.Append(' ').ToString()));
    }
}

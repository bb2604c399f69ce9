using System.Text;
using Ops.Model;

namespace Ops.Collectors.Scrape;

/// <summary>The series of one target: reads an exposition into points, without allocating for series that are known.
/// </summary>
/// <remarks>Not safe for concurrent use.</remarks>
internal sealed class TargetSeries(ScrapeTarget target, int seriesMax)
{
    /// <summary>The entity type of a target.</summary>
    public const string EntityType = "prometheus.target";

    /// <summary>Scrapes after which a series that does not come back is forgotten.</summary>
    public const int ForgetAfterScrapes = 10;

    private static readonly string[] Suffixes =
        ["_bucket", "_count", "_sum", "_total", "_created", "_info", "_gcount", "_gsum"];

    private readonly Dictionary<byte[], ScrapedSeries> _series = new(KeyComparer.Instance);
    private readonly Dictionary<byte[], MetricFamily> _families = new(KeyComparer.Instance);
    private readonly List<KeyValuePair<string, string>> _labels = [];
    private readonly List<ScrapedPoint> _points = [];
    private ScrapedSeries? _first;
    private long _scrape;

    /// <summary>What the newest scrape gave; overwritten by the next.</summary>
    public IReadOnlyList<ScrapedPoint> Points => _points;

    /// <summary>Series that are remembered.</summary>
    public int Count => _series.Count;

    /// <summary>Samples of the newest scrape, those left out included.</summary>
    public int Scraped { get; private set; }

    /// <summary>Series that the newest scrape was the first to hold.</summary>
    public int Added { get; private set; }

    /// <summary>Series that the scrape before held and the newest did not.</summary>
    public int Vanished { get; private set; }

    /// <summary>Samples of the newest scrape that were NaN or infinite, or repeated a series.</summary>
    public int Dropped { get; private set; }

    /// <summary>Reads an answer.</summary>
    /// <returns>What is wrong with it, in which case it gives no points; null when nothing is.</returns>
    public string? Read(ReadOnlySpan<byte> text, bool isOpenMetrics)
    {
        Begin();
        var fault = ReadLines(text, isOpenMetrics);
        if (fault is not null)
        {
            Clear();
            return fault;
        }

        Settle();
        return null;
    }

    /// <summary>Forgets the points of the newest scrape; the series stay known.</summary>
    public void Clear()
    {
        _points.Clear();
        (Scraped, Added, Vanished, Dropped) = (0, 0, 0, 0);
    }

    private void Begin()
    {
        Clear();
        _scrape++;
    }

    private string? ReadLines(ReadOnlySpan<byte> text, bool isOpenMetrics)
    {
        var reader = new ExpositionReader(text, isOpenMetrics);
        ScrapedSeries? last = null;
        while (true)
        {
            var guess = last is null ? _first : last.Follower;
            guess = guess is { IsForgotten: true } ? null : guess;
            switch (reader.Next(guess is null ? default : guess.Key))
            {
                case ExpositionLine.End:
                    return null;
                case ExpositionLine.Fault:
                    return reader.Fault;
                case ExpositionLine.Type:
                    if (FamilyOf(reader.Name) is not { } typed)
                    {
                        return TooMany();
                    }

                    typed.Declare(reader.Type);
                    break;
                case ExpositionLine.Unit:
                    if (FamilyOf(reader.Name) is not { } measured)
                    {
                        return TooMany();
                    }

                    Declare(measured, reader.Unit);
                    break;
                default:
                    if (ReadPoint(ref reader, guess, ref last) is { } fault)
                    {
                        return fault;
                    }

                    break;
            }
        }
    }

    private string? ReadPoint(ref ExpositionReader reader, ScrapedSeries? guess, ref ScrapedSeries? last)
    {
        var series = guess is not null && reader.Key.SequenceEqual(guess.Key) ? guess : Find(reader.Key);
        if (series is null)
        {
            if (_series.Count >= seriesMax)
            {
                return TooMany();
            }

            if (SeriesText.Read(reader.Key, out var name, _labels) is { } fault)
            {
                return reader.Describe(fault);
            }

            series = Meet(reader.Key.ToArray(), name);
            Added++;
        }

        Follow(ref last, series);
        Scraped++;
        if (series.IsLeftOut)
        {
            series.SeenIn = _scrape;
            return null;
        }

        if (series.SeenIn == _scrape || !double.IsFinite(reader.Value))
        {
            series.SeenIn = _scrape;
            Dropped++;
            return null;
        }

        series.SeenIn = _scrape;
        if (series.Family is { } family && family.Version != series.FamilyVersion)
        {
            Describe(series);
        }

        _points.Add(new ScrapedPoint(series, reader.Value, reader.TimestampNs));
        return null;
    }

    private void Follow(ref ScrapedSeries? last, ScrapedSeries series)
    {
        if (last is null)
        {
            _first = series;
        }
        else
        {
            last.Follower = series;
        }

        last = series;
    }

    private ScrapedSeries? Find(ReadOnlySpan<byte> key) =>
        _series.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(key, out var series) ? series : null;

    private ScrapedSeries Meet(byte[] key, string name)
    {
        var (family, suffix) = FamilyOfSeries(name);
        var labels = LabelsOf();
        var isKept = (target.Keep.Count == 0 || target.Keep.Any(pattern => Glob.Matches(pattern, name)))
            && !target.Drop.Any(pattern => Glob.Matches(pattern, name));
        var series = new ScrapedSeries(key)
        {
            Name = name,
            Suffix = suffix,
            Labels = isKept ? labels : Tags.Empty,
            ResourceId = labels["instance"] ?? target.Instance,
            IsLeftOut = !isKept,
            Family = family,
        };
        if (isKept)
        {
            Describe(series);
        }

        _series.Add(key, series);
        return series;
    }

    /// <summary>The labels just read with the target's own, which win.</summary>
    private Tags LabelsOf()
    {
        for (var i = 0; i < _labels.Count && target.Labels.Count > 0; i++)
        {
            var (name, value) = _labels[i];
            if (target.Labels.Any(label => label.Key == name))
            {
                _labels[i] = KeyValuePair.Create($"exported_{name}", value);
            }
        }

        return _labels.Count + target.Labels.Count == 0 ? Tags.Empty : Tags.From(_labels.Concat(target.Labels));
    }

    private void Describe(ScrapedSeries series)
    {
        var isOfTarget = series.ResourceId == target.EntityId;
        series.FamilyVersion = series.Family?.Version ?? 0;
        series.Context = new SampleContext
        {
            Kind = MetricFamily.KindOf(series.Family, series.Suffix),
            Unit = MetricFamily.UnitOf(series.Family, series.Name, series.Suffix),
            Source = "prometheus",
            ResourceType = isOfTarget ? EntityType : null,
            ResourceName = isOfTarget ? target.Name : null,
            Metadata = series.Labels.Count == 0
                ? SampleContext.NoMetadata
                : series.Labels.ToDictionary(label => label.Key, label => (object?)label.Value),
        };
    }

    /// <summary>The family of a series by its name, or by its name without one of the known endings.</summary>
    private (MetricFamily? Family, string Suffix) FamilyOfSeries(string name)
    {
        if (_families.TryGetValue(Encoding.UTF8.GetBytes(name), out var own))
        {
            return (own, "");
        }

        foreach (var suffix in Suffixes)
        {
            if (name.EndsWith(suffix, StringComparison.Ordinal)
                && _families.TryGetValue(Encoding.UTF8.GetBytes(name[..^suffix.Length]), out var family))
            {
                return (family, suffix);
            }
        }

        return (null, "");
    }

    private MetricFamily? FamilyOf(ReadOnlySpan<byte> name)
    {
        if (_families.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(name, out var known))
        {
            return known;
        }

        if (_families.Count >= seriesMax)
        {
            return null;
        }

        return _families[name.ToArray()] = new MetricFamily();
    }

    private static void Declare(MetricFamily family, ReadOnlySpan<byte> unit)
    {
        if (!Ascii.Equals(unit, family.Unit))
        {
            family.Declare(Encoding.UTF8.GetString(unit));
        }
    }

    /// <summary>Notes which series came and went.</summary>
    private void Settle()
    {
        foreach (var point in _points)
        {
            point.Series.IsPresent = true;
        }

        if (Scraped >= _series.Count && Dropped == 0)
        {
            return;
        }

        foreach (var (key, series) in _series)
        {
            if (series.SeenIn == _scrape)
            {
                continue;
            }

            Vanished += series.IsPresent ? 1 : 0;
            series.IsPresent = false;
            if (_scrape - series.SeenIn > ForgetAfterScrapes)
            {
                series.IsForgotten = true;
                _series.Remove(key);
            }
        }
    }

    private string TooMany() => $"it shows more than {seriesMax} series";
}

using Ops.Collectors.Wire;
using Ops.Model;

namespace Ops.Collectors.RemoteWrite;

/// <summary>Finds series by the bytes of their labels. Safe for concurrent use.</summary>
/// <remarks>
/// The resource is the label <c>resource_id</c>, else <c>instance</c>, else <c>host</c>, else <c>job</c>, else the
/// metric's name. All labels but the name are dimensions and metadata.
/// </remarks>
internal sealed class SeriesCache(SeriesCatalog catalog, RemoteWriteLimits limits)
{
    private readonly ByteMap<LabelledSeries> _series = new(limits.SeriesRememberedMax);

    public MetricTypes Types { get; } = new(limits.TypesMax);

    public int Count => _series.Count;

    /// <summary>The series of those labels; null where they are refused.</summary>
    public LabelledSeries? Of(ReadOnlySpan<byte> labels, out string? fault)
    {
        fault = null;
        return _series.Find(0, labels) ?? Meet(labels, out fault);
    }

    /// <summary>The series of the count and the sum of a native histogram.</summary>
    public (LabelledSeries Count, LabelledSeries Sum) HistogramOf(LabelledSeries series) =>
        series.Histogram ??= (Part(series.Series, "_count"), Part(series.Series, "_sum"));

    private LabelledSeries Part(Series series, string suffix) =>
        new(Intern(series.Meter + suffix, series.ResourceId, series.Dimensions), Types);

    private LabelledSeries? Meet(ReadOnlySpan<byte> labels, out string? fault)
    {
        if (labels.Length > limits.LabelBytesMax)
        {
            fault = $"the labels of a series have {labels.Length} bytes; at most {limits.LabelBytesMax} are allowed";
            return null;
        }

        fault = LabelText.Read(labels, limits.LabelsMax, out var name, out var tags);
        if (fault is null && catalog.Count >= limits.SeriesMax)
        {
            fault = $"{limits.SeriesMax} series are known, which is the most, and '{name}' would be a new one";
        }

        if (fault is not null)
        {
            return null;
        }

        var resource = tags["resource_id"] ?? tags["instance"] ?? tags["host"] ?? tags["job"] ?? name;
        return _series.Add(0, labels, new LabelledSeries(Intern(name, resource, tags), Types));
    }

    private Series Intern(string meter, string resource, Tags tags) =>
        catalog.Intern(meter, resource, tags, meter, "value", null);
}

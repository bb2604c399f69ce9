using System.Text;
using Ops.Model;
using Ops.Pipeline.Publishers.Delivery;

namespace Ops.Pipeline.Publishers.Prometheus;

/// <summary>The newest value of each series of one push.</summary>
/// <remarks>The labels are Ceilometer's, resource_id, user_id and project_id, and the tags of the series. A cumulative
/// meter is a counter, a gauge a gauge, a delta has no type.</remarks>
internal sealed class PushedGroup
{
    private readonly SortedDictionary<string, SortedDictionary<string, Sample>> _families =
        new(StringComparer.Ordinal);

    /// <summary>How many samples it stands for.</summary>
    public int Samples { get; private set; }

    public void Add(in Sample sample)
    {
        Samples++;
        var metric = PrometheusNames.Metric(sample.Series.Meter);
        if (!_families.TryGetValue(metric, out var family))
        {
            _families[metric] = family = new SortedDictionary<string, Sample>(StringComparer.Ordinal);
        }

        var labels = LabelsOf(sample);
        if (!family.TryGetValue(labels, out var known) || known.TimestampNs <= sample.TimestampNs)
        {
            family[labels] = sample;
        }
    }

    public void Write(ByteText body)
    {
        foreach (var (metric, family) in _families)
        {
            var kind = family.Values.First().Context.Kind;
            if (kind != MeterKind.Delta)
            {
                body.Add($"# TYPE {metric} {(kind == MeterKind.Cumulative ? "counter" : "gauge")}\n");
            }

            foreach (var (labels, sample) in family)
            {
                body.Add(metric);
                body.Add(labels);
                body.Add((byte)' ');
                body.Add(sample.Volume);
                body.Add((byte)'\n');
            }
        }
    }

    private static string LabelsOf(in Sample sample)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in SeriesTags.Of(sample.Series, sample.Context))
        {
            tags[name] = value;
        }

        tags["resource_id"] = sample.Series.ResourceId;
        tags["user_id"] = sample.Context.UserId ?? "";
        tags["project_id"] = sample.Context.ProjectId ?? "";
        var labels = PrometheusNames.Labels(tags);
        labels.Remove("job");
        var text = new StringBuilder("{");
        foreach (var (name, value) in labels)
        {
            text.Append(text.Length > 1 ? "," : "").Append(name).Append("=\"");
            foreach (var c in value)
            {
                text.Append(c switch { '\\' => "\\\\", '"' => "\\\"", '\n' => "\\n", _ => c.ToString() });
            }

            text.Append('"');
        }

        return text.Append('}').ToString();
    }
}

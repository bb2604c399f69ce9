using Ops.Model;

namespace Ops.Collectors.RemoteWrite;

/// <summary>A series as its labels name it. Safe for concurrent use.</summary>
internal sealed class LabelledSeries(Series series, MetricTypes types)
{
    private volatile SampleContext _context = ContextOf(series, types.KindOf(series.Meter));
    private volatile int _version = types.Version;

    public Series Series => series;

    /// <summary>What its samples share; another object when its kind became another.</summary>
    public SampleContext Context
    {
        get
        {
            if (_version != types.Version)
            {
                _version = types.Version;
                var kind = types.KindOf(series.Meter);
                _context = kind == _context.Kind ? _context : ContextOf(series, kind);
            }

            return _context;
        }
    }

    /// <summary>The series of a native histogram's count and sum.</summary>
    public (LabelledSeries Count, LabelledSeries Sum)? Histogram { get; set; }

    private static SampleContext ContextOf(Series series, MeterKind kind) => new()
    {
        Kind = kind,
        Source = "prometheus",
        ProjectId = series.Dimensions["project_id"],
        UserId = series.Dimensions["user_id"],
        ResourceName = series.Dimensions["resource_name"],
        Metadata = series.Dimensions.Count == 0
            ? SampleContext.NoMetadata
            : series.Dimensions.ToDictionary(pair => pair.Key, pair => (object?)pair.Value),
    };
}

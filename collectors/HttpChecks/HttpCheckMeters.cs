using Ops.Collectors.Polling;
using Ops.Model;

namespace Ops.Collectors.HttpChecks;

/// <summary>What is said of one check: its samples and its entity.</summary>
internal sealed class HttpCheckMeters
{
    /// <summary>The entity type of a check.</summary>
    public const string EntityType = "http.check";

    private readonly HttpCheck _check;
    private readonly (Series Series, SampleContext Context) _up;
    private readonly (Series Series, SampleContext Context) _duration;
    private readonly (Series Series, SampleContext Context) _status;
    private readonly (Series Series, SampleContext Context) _daysLeft;

    public HttpCheckMeters(HttpCheck check, SeriesCatalog catalog)
    {
        _check = check;
        ShownUrl = check.Url.GetLeftPart(UriPartial.Path);
        var metadata = new Dictionary<string, object?> { ["url"] = ShownUrl };
        (Series, SampleContext) Meter(string name, string unit) => (catalog.Intern(name, check.Name), new SampleContext
        {
            Unit = unit,
            Source = "http",
            ResourceType = EntityType,
            ResourceName = check.Name,
            Metadata = metadata,
        });
        _up = Meter("http.check.up", "");
        _duration = Meter("http.check.duration_ms", "ms");
        _status = Meter("http.check.status", "");
        _daysLeft = Meter("http.check.tls_days_left", "d");
    }

    /// <summary>The address without what stands after <c>?</c>, which may be secret.</summary>
    public string ShownUrl { get; }

    /// <summary>Adds the samples of one check; what was not measured has none.</summary>
    public void Add(SampleOutbox outbox, long timestampNs, HttpCheckResult result)
    {
        Add(outbox, _up, timestampNs, result.Problem is null ? 1 : 0);
        Add(outbox, _duration, timestampNs, result.Taken.TotalMilliseconds);
        Add(outbox, _status, timestampNs, result.Status);
        Add(outbox, _daysLeft, timestampNs, result.TlsDaysLeft);
    }

    /// <summary>The check as an entity: state UP or DOWN, and why.</summary>
    public Observation Observe(DateTimeOffset at, HttpCheckResult result) => new()
    {
        Entity = new EntityRef(EntityType, _check.Name),
        Name = _check.Name,
        State = result.Problem is null ? "UP" : "DOWN",
        Properties = new Dictionary<string, object?>
        {
            ["url"] = ShownUrl,
            ["method"] = _check.Method.Method,
            ["reason"] = result.Problem,
        },
        At = at,
        Datasource = "http_checks",
    };

    private static void Add(
        SampleOutbox outbox, (Series Series, SampleContext Context) meter, long timestampNs, double? value)
    {
        if (value is { } known)
        {
            outbox.Add(new Sample(meter.Series, meter.Context, timestampNs, known));
        }
    }
}

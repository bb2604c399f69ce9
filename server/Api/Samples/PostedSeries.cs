using System.Collections.Concurrent;
using Ops.Model;

namespace Ops.Server.Api.Samples;

/// <summary>Remembers the series of posted samples and their contexts, so that equal contexts are one object.</summary>
/// <remarks>
/// Holds at most <see cref="ApiLimits.PostedContextsMax"/>, then begins anew. Safe for concurrent use.
/// </remarks>
internal sealed class PostedSeries(SeriesCatalog catalog)
{
    /// <summary>Series beyond which posted samples make no new ones.</summary>
    public const int SeriesMax = 1_000_000;

    private readonly ConcurrentDictionary<(string Meter, string ResourceId), Known> _known = new();

    /// <summary>The sample of those fields; null when there are too many series for a new one.</summary>
    public Sample? Sample(SampleFields fields, DateTimeOffset now)
    {
        var key = (fields.Meter, fields.ResourceId);
        if (!_known.TryGetValue(key, out var known))
        {
            if (catalog.Count >= SeriesMax)
            {
                return null;
            }

            known = new Known(catalog.Intern(fields.Meter, fields.ResourceId), fields.Context, fields.MetadataJson);
        }
        else if (!IsSame(known, fields))
        {
            known = known with { Context = fields.Context, MetadataJson = fields.MetadataJson };
        }

        if (_known.Count >= ApiLimits.PostedContextsMax)
        {
            _known.Clear();
        }

        _known[key] = known;
        return new Sample(known.Series, known.Context, (fields.At ?? now).ToUnixNs(), fields.Volume);
    }

    private static bool IsSame(Known known, SampleFields fields)
    {
        var (a, b) = (known.Context, fields.Context);
        return known.MetadataJson == fields.MetadataJson
            && (a.Kind, a.Unit, a.ProjectId, a.UserId, a.Source, a.ResourceType, a.ResourceName)
            == (b.Kind, b.Unit, b.ProjectId, b.UserId, b.Source, b.ResourceType, b.ResourceName);
    }

    private sealed record Known(Series Series, SampleContext Context, string MetadataJson);
}

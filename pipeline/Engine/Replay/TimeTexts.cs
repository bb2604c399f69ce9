using System.Globalization;
using Ops.Model;

namespace Ops.Pipeline.Replay;

/// <summary>Remembers how the input wrote its times, so that the output writes them alike.</summary>
/// <remarks>
/// Every transformer stamps its results with the time of a sample that came in. A time whose text was forgotten is
/// written as Ceilometer does, in UTC without a zone.
/// </remarks>
internal sealed class TimeTexts
{
    private const int TextsMax = 1_000_000;

    private readonly Dictionary<long, string> _texts = [];

    /// <summary>Reads an ISO time; one without a zone is UTC.</summary>
    public bool TryRead(string? text, out long ns)
    {
        ns = 0;
        if (!Timestamps.TryParseIso(text, out var instant) || instant.Year is < 1678 or > 2261)
        {
            return false;
        }

        ns = instant.ToUnixNs();
        if (_texts.Count == TextsMax)
        {
            _texts.Clear();
        }

        _texts[ns] = text!;
        return true;
    }

    /// <summary>The time as the input wrote it.</summary>
    public string Write(long ns) => _texts.TryGetValue(ns, out var text)
        ? text
        : Timestamps.FromUnixNs(ns).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);
}

using System.Net.Http.Headers;
using System.Text;
using Ops.Collectors.Http;

namespace Ops.Collectors.Scrape;

/// <summary>Fetches what one target shows, and reads it.</summary>
/// <remarks>Not safe for concurrent use.</remarks>
internal sealed class TargetFetch : IDisposable
{
    private const string Accept =
        "application/openmetrics-text;version=1.0.0;q=0.8,text/plain;version=0.0.4;q=0.5,*/*;q=0.1";

    private readonly ScrapeTarget _target;
    private readonly int _bytesMax;
    private readonly TimeProvider _time;
    private readonly WebClient _client;
    private readonly WebRequest _request;

    public TargetFetch(ScrapeTarget target, ScrapeOptions options, TimeProvider time)
    {
        (_target, _time) = (target, time);
        _bytesMax = options.BodyMegabytesMax << 20;
        _client = new WebClient(target.VerifiesCertificate, followsRedirections: true, keepsConnections: true);
        _request = new WebRequest(target.Url)
        {
            Headers = [KeyValuePair.Create("Accept", Accept), KeyValuePair.Create("User-Agent", "ops-scrape")],
            OwnHeaders = target.Headers,
        };
        Series = new TargetSeries(target, options.TargetSeriesMax);
    }

    /// <summary>What the target shows.</summary>
    public TargetSeries Series { get; }

    /// <summary>Scrapes once, within the target's timeout.</summary>
    /// <returns>What went wrong; null when nothing did.</returns>
    public async Task<string?> ScrapeAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_target.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        using var body = new BodyBuffer();
        Series.Clear();
        try
        {
            using var answer = await _client.SendAsync(_request, either.Token).ConfigureAwait(false);
            if (!answer.IsSuccessStatusCode)
            {
                return FormattableString.Invariant($"answered {(int)answer.StatusCode}");
            }

            using var stream = await answer.Content.ReadAsStreamAsync(either.Token).ConfigureAwait(false);
            return await body.ReadAsync(stream, _bytesMax, either.Token).ConfigureAwait(false)
                ? Read(body.Bytes, answer.Content.Headers.ContentType)
                : FormattableString.Invariant($"answered more than {_bytesMax >> 20} MB");
        }
        catch (Exception fault) when (WebFault.IsExpected(fault) && !cancellationToken.IsCancellationRequested)
        {
            return WebFault.Text(fault, _target.Timeout);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private string? Read(ReadOnlySpan<byte> body, MediaTypeHeaderValue? type)
    {
        var isOpenMetrics = type?.MediaType == "application/openmetrics-text";
        switch (type?.CharSet?.Trim('"').ToLowerInvariant())
        {
            case null or "" or "utf-8" or "utf8" or "us-ascii":
                return Series.Read(body, isOpenMetrics);
            case "iso-8859-1" or "latin1":
                return Series.Read(Encoding.UTF8.GetBytes(Encoding.Latin1.GetString(body)), isOpenMetrics);
            case var other:
                return $"answered in charset '{other}'; utf-8 and iso-8859-1 are read";
        }
    }
}

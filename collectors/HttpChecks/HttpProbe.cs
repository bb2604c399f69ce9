using System.Text;
using Ops.Collectors.Http;

namespace Ops.Collectors.HttpChecks;

/// <summary>Asks one web address and judges the answer.</summary>
/// <remarks>
/// Each check makes a new connection, so that it measures what a new visitor sees. Not safe for concurrent use.
/// </remarks>
internal sealed class HttpProbe : IDisposable
{
    private readonly HttpCheck _check;
    private readonly TimeProvider _time;
    private readonly int _bytesMax;
    private readonly WebClient _client;
    private readonly WebRequest _request;
    private DateTimeOffset? _certificateEndsAt;

    public HttpProbe(HttpCheck check, HttpCheckOptions options, TimeProvider time)
    {
        (_check, _time, _bytesMax) = (check, time, options.BodyKilobytesMax << 10);
        _client = new WebClient(
            check.VerifiesCertificate,
            check.FollowsRedirections,
            keepsConnections: false,
            certificate => _certificateEndsAt = new DateTimeOffset(certificate.NotAfter.ToUniversalTime()));
        _request = new WebRequest(check.Url)
        {
            Method = check.Method,
            Headers = check.Headers.Any(header => header.Key.Equals("User-Agent", StringComparison.OrdinalIgnoreCase))
                ? []
                : [KeyValuePair.Create("User-Agent", "ops-check")],
            OwnHeaders = check.Headers,
            Body = check.Body,
        };
    }

    /// <summary>Checks once, within the check's timeout.</summary>
    public async Task<HttpCheckResult> CheckAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_check.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        using var body = new BodyBuffer();
        _certificateEndsAt = null;
        var startedAt = _time.GetTimestamp();
        int? status = null;
        string? problem;
        try
        {
            using var answer = await _client.SendAsync(_request, either.Token).ConfigureAwait(false);
            status = (int)answer.StatusCode;
            using var stream = await answer.Content.ReadAsStreamAsync(either.Token).ConfigureAwait(false);
            await body.ReadAsync(stream, _bytesMax, either.Token).ConfigureAwait(false);
            var taken = _time.GetElapsedTime(startedAt);
            var encoding = EncodingOf(answer.Content.Headers.ContentType?.CharSet);
            problem = _check.Expect.Judge(status.Value, () => encoding.GetString(body.Bytes), taken);
        }
        catch (Exception fault) when (WebFault.IsExpected(fault) && !cancellationToken.IsCancellationRequested)
        {
            problem = WebFault.Text(fault, _check.Timeout);
        }

        var left = _certificateEndsAt - _time.GetUtcNow();
        return new HttpCheckResult(problem, status, _time.GetElapsedTime(startedAt), left?.TotalDays);
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private static Encoding EncodingOf(string? charset) =>
        charset?.Trim('"').ToLowerInvariant() is "iso-8859-1" or "latin1" ? Encoding.Latin1 : Encoding.UTF8;
}

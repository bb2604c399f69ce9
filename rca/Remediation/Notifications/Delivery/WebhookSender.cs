using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Ops.Model;
using Ops.Remediation.Notifications.Routes;
using Polly;
using Polly.Timeout;

namespace Ops.Remediation.Notifications.Delivery;

/// <summary>Makes one attempt to deliver: an HTTP POST, signed, within the time limit.</summary>
/// <remarks>Redirects are not followed and no proxy is asked, so that the egress policy sees every address.</remarks>
internal sealed class WebhookSender : IDisposable
{
    private readonly HttpClient _client;
    private readonly ResiliencePipeline<SendResult> _limit;
    private readonly NotifierOptions _options;
    private readonly TimeProvider _time;

    public WebhookSender(NotifierOptions options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        _client = new HttpClient(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                UseProxy = false,
                PooledConnectionLifetime = TimeSpan.FromMinutes(2),
                ConnectCallback = (context, cancellationToken) =>
                    EgressPolicy.ConnectAsync(context.DnsEndPoint, options.MayCall, cancellationToken),
            })
        { Timeout = Timeout.InfiniteTimeSpan };
        _limit = new ResiliencePipelineBuilder<SendResult> { TimeProvider = time }
            .AddTimeout(new TimeoutStrategyOptions { Timeout = options.AttemptTimeout }).Build();
    }

    public async ValueTask<SendResult> SendAsync(
        NotificationRoute route, OutboxRecord record, CancellationToken cancellationToken)
    {
        try
        {
            return await _limit.ExecuteAsync(token => PostAsync(route, record, token), cancellationToken)
                .ConfigureAwait(false);
        }
        catch (TimeoutRejectedException)
        {
            var seconds = _options.AttemptTimeout.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
            return new SendResult(SendOutcome.Passing, $"no answer within {seconds}s");
        }
        catch (HttpRequestException fault) when (fault.InnerException is EgressRefusedException refused)
        {
            return new SendResult(SendOutcome.Permanent, refused.Message);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            return new SendResult(SendOutcome.Passing, fault.Message);
        }
    }

    public void Dispose() => _client.Dispose();

    /// <summary>The value of the signature header: the body's HMAC-SHA256 in hexadecimal.</summary>
    internal static string Signature(string secret, byte[] body) =>
        "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));

    private async ValueTask<SendResult> PostAsync(
        NotificationRoute route, OutboxRecord record, CancellationToken cancellationToken)
    {
        using var request = Request(route, record);
        using var response = await _client
            .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        if (response.IsSuccessStatusCode)
        {
            return SendResult.Sent;
        }

        var code = (int)response.StatusCode;
        var isPassing = code >= 500 || response.StatusCode is HttpStatusCode.RequestTimeout
            or HttpStatusCode.TooManyRequests || code == 425;
        return new SendResult(
            isPassing ? SendOutcome.Passing : SendOutcome.Permanent,
            string.Create(CultureInfo.InvariantCulture, $"HTTP {code} {response.ReasonPhrase}").TrimEnd(),
            RetryAfter(response.Headers.RetryAfter));
    }

    private static HttpRequestMessage Request(NotificationRoute route, OutboxRecord record)
    {
        var content = new ByteArrayContent(record.Body);
        content.Headers.ContentType = new MediaTypeHeaderValue(record.ContentType);
        var request = new HttpRequestMessage(HttpMethod.Post, route.Url) { Content = content };
        foreach (var (name, value) in route.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        request.Headers.TryAddWithoutValidation("User-Agent", "Ops");
        request.Headers.TryAddWithoutValidation("Idempotency-Key", record.Id);
        request.Headers.TryAddWithoutValidation("X-Ops-Event", record.Event);
        if (route.Secret is { } secret)
        {
            request.Headers.TryAddWithoutValidation("X-Ops-Signature", Signature(secret, record.Body));
        }

        return request;
    }

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header) =>
        header?.Delta ?? (header?.Date is { } date ? date - _time.GetUtcNow() : null);
}

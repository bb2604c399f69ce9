using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Ops.Collectors.Http;

/// <summary>Asks web servers, following a few redirections. Not safe for concurrent use.</summary>
/// <remarks>A redirection from https to http is not followed; one to another server takes no secrets along.</remarks>
internal sealed class WebClient : IDisposable
{
    /// <summary>Redirections that are followed at most.</summary>
    public const int RedirectionsMax = 5;

    private const int HeaderKilobytesMax = 64;

    private readonly HttpClient _client;
    private readonly bool _followsRedirections;
    private volatile string? _certificateFault;

    /// <summary>A client.</summary>
    /// <param name="verifiesCertificate">Whether the server's certificate must be valid.</param>
    /// <param name="followsRedirections">Whether redirections are followed; otherwise they are the answer.</param>
    /// <param name="keepsConnections">Whether a connection serves several requests.</param>
    /// <param name="onCertificate">Told of each certificate that a server shows; default nobody.</param>
    public WebClient(
        bool verifiesCertificate, bool followsRedirections, bool keepsConnections,
        Action<X509Certificate2>? onCertificate = null)
    {
        _followsRedirections = followsRedirections;
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
            MaxResponseHeadersLength = HeaderKilobytesMax,
            PooledConnectionLifetime = keepsConnections ? TimeSpan.FromMinutes(5) : TimeSpan.Zero,
            UseCookies = false,
            UseProxy = false,
        };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
        {
            if (certificate is X509Certificate2 shown)
            {
                onCertificate?.Invoke(shown);
            }

            _certificateFault = verifiesCertificate ? CertificateFault.Of(errors, chain) : null;
            return _certificateFault is null;
        };
        _client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Asks; the answer's body is not read yet.</summary>
    /// <exception cref="HttpRequestException">There is no answer, or too many redirections.</exception>
    public async Task<HttpResponseMessage> SendAsync(WebRequest request, CancellationToken cancellationToken)
    {
        var (url, method, body) = (request.Url, request.Method, request.Body);
        for (var redirections = 0; ; redirections++)
        {
            using var message = MessageOf(request, url, method, body);
            var answer = await AskAsync(message, cancellationToken).ConfigureAwait(false);
            if (!_followsRedirections || Redirection(answer, url) is not { } next)
            {
                return answer;
            }

            var status = (int)answer.StatusCode;
            answer.Dispose();
            Check(url, next, redirections);
            if (status == 303 || (status is 301 or 302 && method == HttpMethod.Post))
            {
                (method, body) = (method == HttpMethod.Head ? method : HttpMethod.Get, null);
            }

            if (body is not null && !IsSameServer(next, request.Url))
            {
                throw new HttpRequestException("redirects the body to another server, which is not followed");
            }

            url = next;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task<HttpResponseMessage> AskAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        try
        {
            return await _client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (HttpRequestException fault)
            when (fault.InnerException is AuthenticationException && _certificateFault is not null)
        {
            throw new HttpRequestException(_certificateFault);
        }
    }

    private static Uri? Redirection(HttpResponseMessage answer, Uri from) =>
        (int)answer.StatusCode is 301 or 302 or 303 or 307 or 308 && answer.Headers.Location is { } location
            ? new Uri(from, location)
            : null;

    private static void Check(Uri from, Uri to, int redirections)
    {
        if (redirections == RedirectionsMax)
        {
            throw new HttpRequestException($"redirects more than {RedirectionsMax} times");
        }

        if (to.Scheme != Uri.UriSchemeHttp && to.Scheme != Uri.UriSchemeHttps)
        {
            throw new HttpRequestException($"redirects to '{to.Scheme}', which is neither http nor https");
        }

        if (from.Scheme == Uri.UriSchemeHttps && to.Scheme == Uri.UriSchemeHttp)
        {
            throw new HttpRequestException("redirects from https to http, which is not followed");
        }
    }

    private static bool IsSameServer(Uri one, Uri other) => Uri.Compare(
        one, other, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0;

    private static HttpRequestMessage MessageOf(WebRequest request, Uri url, HttpMethod method, string? body)
    {
        var message = new HttpRequestMessage(method, url);
        var isOwn = IsSameServer(url, request.Url);
        if (body is not null)
        {
            message.Content = new StringContent(body);
        }

        foreach (var (name, value) in isOwn ? request.Headers.Concat(request.OwnHeaders) : request.Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value) && message.Content is { } content)
            {
                content.Headers.Remove(name);
                content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return message;
    }
}

using System.Net;
using System.Text;

namespace Ops.Collectors.Keystone;

/// <summary>Asks the services of one cloud, with a token that is kept fresh. Safe for concurrent use.</summary>
/// <remarks>
/// A token is renewed five minutes before its end, and once when a service answers 401. After Keystone refused the
/// credentials it is not asked again for a minute.
/// </remarks>
public sealed class KeystoneSession : IDisposable
{
    private const int TokenBytesMax = 4 * 1024 * 1024;
    private static readonly TimeSpan RenewBefore = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan RefusedPause = TimeSpan.FromMinutes(1);

    private readonly HttpClient _http;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile KeystoneToken? _token;
    private (DateTimeOffset Until, string Message)? _refused;

    /// <summary>A session; nothing is asked before the first request.</summary>
    /// <param name="options">The cloud.</param>
    /// <param name="time">The clock.</param>
    /// <param name="handler">Sends; default a new one that heeds <see cref="CloudOptions.Verify"/>.</param>
    public KeystoneSession(CloudOptions options, TimeProvider time, HttpMessageHandler? handler = null)
    {
        Options = options;
        _time = time;
        _http = new HttpClient(handler ?? Handler(options)) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>The cloud.</summary>
    public CloudOptions Options { get; }

    /// <summary>Where a service is, without a slash at the end; null where the catalogue has none.</summary>
    public async Task<string?> EndpointAsync(string serviceType, CancellationToken cancellationToken) =>
        Find(await TokenAsync(null, cancellationToken).ConfigureAwait(false), serviceType);

    /// <summary>The project of the token, or null.</summary>
    public async Task<string?> ProjectIdAsync(CancellationToken cancellationToken) =>
        (await TokenAsync(null, cancellationToken).ConfigureAwait(false)).ProjectId;

    /// <summary>Asks a service; <see cref="CloudException"/> where it does not answer with success.</summary>
    /// <param name="serviceType">Its type in the catalogue, or an alias of it.</param>
    /// <param name="path">
    /// A path from the service's endpoint, such as <c>/servers/detail?all_tenants=true</c>; one that begins with the
    /// endpoint's own version (<c>/v2.1/servers</c>) takes its place; a whole URL of that same server
    /// stands for itself.
    /// </param>
    /// <param name="headers">Further headers, such as a microversion, or null.</param>
    /// <param name="timeout">How long it may take; null for the cloud's own.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<CloudAnswer> SendAsync(
        string serviceType, string path, IReadOnlyDictionary<string, string>? headers, TimeSpan? timeout,
        CancellationToken cancellationToken)
    {
        var token = await TokenAsync(null, cancellationToken).ConfigureAwait(false);
        for (var attempt = 1; ; attempt++)
        {
            var endpoint = Find(token, serviceType) ?? throw new CloudException(
                $"{Name}: the catalogue has no {Options.Interface} endpoint of '{serviceType}'"
                + (Options.RegionName is { } region ? $" in region '{region}'" : "")
                + Model.NearestName.Hint(serviceType, token.Catalog.Types),
                isPermanent: true)
            {
                IsMissing = true,
            };
            var url = ServiceAddress.Of(endpoint, path) ?? throw new CloudException(
                $"{Name}: '{path}' leads away from {serviceType} at {endpoint}", isPermanent: true);
            using var request = Get(url, token, headers);
            var (status, answer) = await AskAsync(
                request, timeout ?? Options.Timeout, AnswerReader.BytesMax, cancellationToken).ConfigureAwait(false);
            if (status == HttpStatusCode.Unauthorized && attempt == 1)
            {
                token = await TokenAsync(token, cancellationToken).ConfigureAwait(false);
                continue;
            }

            return (int)status is >= 200 and < 300
                ? answer
                : throw new CloudException(
                    $"{Name}: {serviceType} answered {(int)status} to {url.AbsolutePath}: {Short(answer.Text)}",
                    IsPermanent(status))
                {
                    IsMissing = status == HttpStatusCode.NotFound,
                };
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _http.Dispose();
        _gate.Dispose();
    }

    private string Name => $"cloud '{Options.Name}'";

    private static HttpClientHandler Handler(CloudOptions options)
    {
        var handler = new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false };
        if (!options.Verify)
        {
            handler.ServerCertificateCustomValidationCallback =
                HttpClientHandler.DangerousAcceptAnyServerCertificateValidator;
        }

        return handler;
    }

    private static bool IsPermanent(HttpStatusCode status) =>
        (int)status is >= 400 and < 500 and not (408 or 409 or 425 or 429);

    private static string Short(string text)
    {
        var line = text.ReplaceLineEndings(" ").Trim();
        return line.Length > 200 ? line[..200] + "..." : line;
    }

    private static HttpRequestMessage Get(
        Uri url, KeystoneToken token, IReadOnlyDictionary<string, string>? headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.TryAddWithoutValidation("X-Auth-Token", token.Value);
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        foreach (var (name, value) in headers ?? new Dictionary<string, string>())
        {
            request.Headers.TryAddWithoutValidation(name, value);
            if (name.Equals("OpenStack-API-Version", StringComparison.OrdinalIgnoreCase)
                && value.StartsWith("compute ", StringComparison.Ordinal))
            {
                request.Headers.TryAddWithoutValidation("X-OpenStack-Nova-API-Version", value[8..]);
            }
        }

        return request;
    }

    private string? Find(KeystoneToken token, string serviceType) =>
        token.Catalog.Find(serviceType, Options.Interface, Options.RegionName)?.TrimEnd('/');

    /// <summary>The token; a new one where there is none, where it ends soon, or where it is the one that failed.
    /// </summary>
    private async Task<KeystoneToken> TokenAsync(KeystoneToken? failed, CancellationToken cancellationToken)
    {
        if (_token is { } ready && ready != failed && ready.Expires - RenewBefore > _time.GetUtcNow())
        {
            return ready;
        }

        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_token is { } other && other != failed && other.Expires - RenewBefore > _time.GetUtcNow())
            {
                return other;
            }

            if (_refused is { } refused && refused.Until > _time.GetUtcNow())
            {
                throw new CloudException(refused.Message, isPermanent: true);
            }

            var token = await LogInAsync(cancellationToken).ConfigureAwait(false);
            (_token, _refused) = (token, null);
            return token;
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<KeystoneToken> LogInAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, KeystoneRequest.Url(Options.AuthUrl));
        request.Content = new StringContent(KeystoneRequest.Body(Options), Encoding.UTF8, "application/json");
        var (status, answer) = await AskAsync(request, Options.Timeout, TokenBytesMax, cancellationToken)
            .ConfigureAwait(false);
        if (status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            var message = $"{Name}: Keystone at {Options.AuthUrl} refused the credentials ({(int)status})";
            _refused = (_time.GetUtcNow() + RefusedPause, message);
            throw new CloudException(message, isPermanent: true);
        }

        if ((int)status is < 200 or >= 300)
        {
            throw new CloudException(
                $"{Name}: Keystone at {Options.AuthUrl} answered {(int)status} to the request for a token",
                IsPermanent(status));
        }

        return answer.Headers.TryGetValue("x-subject-token", out var value)
            && KeystoneToken.Read(value, answer.Text) is { } token
            ? token
            : throw new CloudException($"{Name}: what answers at {Options.AuthUrl} is no Keystone v3", true);
    }

    private async Task<(HttpStatusCode Status, CloudAnswer Answer)> AskAsync(
        HttpRequestMessage request, TimeSpan timeout, int bytesMax, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(timeout, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var url = request.RequestUri!;
        try
        {
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token)
                .ConfigureAwait(false);
            var text = await AnswerReader.TextAsync(answer.Content, both.Token, bytesMax).ConfigureAwait(false)
                ?? throw new CloudException($"{Name}: the answer of {url.Authority} is larger than {bytesMax} bytes",
                    isPermanent: true);
            var headers = answer.Headers.Concat(answer.Content.Headers).ToDictionary(
                header => header.Key.ToLowerInvariant(), header => string.Join(", ", header.Value));
            return (answer.StatusCode, new CloudAnswer(url, text, headers));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CloudException(
                $"{Name}: {url.Authority} did not answer within {timeout.TotalSeconds:0.#} s", isPermanent: false);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            throw new CloudException($"{Name}: cannot reach {url.Authority}: {fault.Message}", isPermanent: false);
        }
    }
}

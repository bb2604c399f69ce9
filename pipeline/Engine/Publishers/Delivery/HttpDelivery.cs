using System.IO.Compression;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;

namespace Ops.Pipeline.Publishers.Delivery;

/// <summary>Posts bodies to one place over kept connections. One request at a time.</summary>
internal sealed class HttpDelivery : IDisposable
{
    /// <summary>How much of an answer's body is read.</summary>
    public const int AnswerBytesMax = 16 << 10;

    /// <summary>The longest wait that a server's Retry-After may ask for.</summary>
    public static readonly TimeSpan RetryAfterMax = TimeSpan.FromMinutes(5);

    private readonly HttpDeliveryOptions _options;
    private readonly TimeProvider _time;
    private readonly HttpClient _client;
    private readonly MemoryStream _packed = new();
    private readonly byte[] _answer = new byte[AnswerBytesMax];

    public HttpDelivery(HttpDeliveryOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _client = new HttpClient(Handler(options)) { Timeout = Timeout.InfiniteTimeSpan };
        _client.DefaultRequestHeaders.UserAgent.ParseAdd("ops");
        if (options.Authorization is { } authorization)
        {
            _client.DefaultRequestHeaders.Authorization =
                new AuthenticationHeaderValue(authorization.Scheme, authorization.Value);
        }

        foreach (var (name, value) in options.Headers)
        {
            _client.DefaultRequestHeaders.Add(name, value);
        }
    }

    /// <summary>Posts a body to the usual place.</summary>
    public ValueTask<HttpAnswer> PostAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        PostAsync(_options.Place, body, cancellationToken);

    /// <summary>Posts a body. The answer's body is good until the next request.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async ValueTask<HttpAnswer> PostAsync(
        Uri place, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, place);
        request.Content = new ReadOnlyMemoryContent(_options.IsGzip ? Packed(body) : body);
        request.Content.Headers.TryAddWithoutValidation("Content-Type", _options.ContentType);
        if ((_options.IsGzip ? "gzip" : _options.ContentEncoding) is { } encoding)
        {
            request.Content.Headers.ContentEncoding.Add(encoding);
        }

        using var timeout = new CancellationTokenSource(_options.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            using var response = await _client
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            return new HttpAnswer((int)response.StatusCode, await BodyAsync(response, either.Token)
                .ConfigureAwait(false), null, RetryAfter(response));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new HttpAnswer(0, default, $"no answer within {_options.Timeout.TotalSeconds} s");
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            return new HttpAnswer(0, default, fault.Message);
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        _packed.Dispose();
    }

    private ReadOnlyMemory<byte> Packed(ReadOnlyMemory<byte> body)
    {
        _packed.SetLength(0);
        using (var gzip = new GZipStream(_packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(body.Span);
        }

        return _packed.GetBuffer().AsMemory(0, (int)_packed.Length);
    }

    private async ValueTask<ReadOnlyMemory<byte>> BodyAsync(
        HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.StatusCode == System.Net.HttpStatusCode.NoContent)
        {
            return default;
        }

        using var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var read = await body.ReadAtLeastAsync(_answer, AnswerBytesMax, throwOnEndOfStream: false, cancellationToken)
            .ConfigureAwait(false);
        return _answer.AsMemory(0, read);
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        var header = response.Headers.RetryAfter;
        var wait = header?.Delta ?? (header?.Date is { } date ? date - _time.GetUtcNow() : null);
        return wait is { } some && some > TimeSpan.Zero ? TimeSpan.FromTicks(Math.Min(some.Ticks, RetryAfterMax.Ticks))
            : null;
    }

    private static SocketsHttpHandler Handler(HttpDeliveryOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            UseCookies = false,
        };
        if (!options.VerifiesCertificate)
        {
            handler.SslOptions.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
        }
        else if (options.AuthorityFile is { } file)
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPemFile(file);
            handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            handler.SslOptions.CertificateChainPolicy.CustomTrustStore.AddRange(authorities);
        }

        return handler;
    }
}

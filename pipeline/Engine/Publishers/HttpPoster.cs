using System.Buffers;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace Ops.Pipeline.Publishers;

/// <summary>Posts items as JSON to an HTTP server: all as one array, or each as a request.</summary>
/// <remarks>An answer of 2xx is sent; 408, 425, 429, 5xx, no answer in time or no connection may pass, after the
/// answer's <c>Retry-After</c> where it has one; any other is a refusal. Without <c>batch</c> a retry goes on after the
/// last item that was taken. Not safe for concurrent use.</remarks>
internal sealed class HttpPoster : IDisposable
{
    private readonly HttpTargetOptions _options;
    private readonly TimeProvider _time;
    private readonly HttpClient _client;
    private readonly ArrayBufferWriter<byte> _body = new(16_384);
    private object? _partly;
    private int _taken;

    public HttpPoster(HttpTargetOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _client = new HttpClient(Handler(options)) { Timeout = Timeout.InfiniteTimeSpan };
        if (options.Credentials is { } credentials)
        {
            _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
                "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)));
        }
    }

    /// <summary>Posts a batch.</summary>
    /// <param name="batch">What tells this batch from another.</param>
    /// <param name="count">How many items it has.</param>
    /// <param name="write">Writes the item of an index.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<PublishResult> SendAsync(
        object batch, int count, Action<Utf8JsonWriter, int> write, CancellationToken cancellationToken)
    {
        if (_options.IsBatch)
        {
            Encode(write, 0, count);
            return await PostAsync(cancellationToken).ConfigureAwait(false);
        }

        _taken = ReferenceEquals(_partly, batch) ? _taken : 0;
        _partly = batch;
        for (; _taken < count; _taken++)
        {
            Encode(write, _taken, 1);
            var result = await PostAsync(cancellationToken).ConfigureAwait(false);
            if (result.Outcome != PublishOutcome.Sent)
            {
                return result.Outcome == PublishOutcome.Refused && _taken > 0
                    ? PublishResult.SentBut(count - _taken, result.Problem!)
                    : result;
            }
        }

        _partly = null;
        return PublishResult.Sent;
    }

    public void Dispose() => _client.Dispose();

    private async ValueTask<PublishResult> PostAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _options.Place);
        request.Content = new ReadOnlyMemoryContent(_body.WrittenMemory);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var timeout = new CancellationTokenSource(_options.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            using var response = await _client
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            return Judge(response);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return PublishResult.Passing($"no answer within {_options.Timeout.TotalSeconds} s");
        }
        catch (HttpRequestException fault)
        {
            return PublishResult.Passing(fault.Message);
        }
    }

    private PublishResult Judge(HttpResponseMessage response)
    {
        var code = (int)response.StatusCode;
        if (code is 408 or 425 or 429 or >= 500)
        {
            var after = response.Headers.RetryAfter;
            return PublishResult.Passing($"answered {code}", after?.Delta ?? after?.Date - _time.GetUtcNow());
        }

        return code is >= 200 and < 300 ? PublishResult.Sent : PublishResult.Refused($"answered {code}");
    }

    private void Encode(Action<Utf8JsonWriter, int> write, int start, int count)
    {
        _body.ResetWrittenCount();
        using var json = new Utf8JsonWriter(_body, SampleJson.Options);
        if (_options.IsBatch)
        {
            json.WriteStartArray();
        }

        for (var i = start; i < start + count; i++)
        {
            write(json, i);
        }

        if (_options.IsBatch)
        {
            json.WriteEndArray();
        }
    }

    private static SocketsHttpHandler Handler(HttpTargetOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxConnectionsPerServer = options.Connections,
        };
        if (options.ClientCertificate is { } certificate)
        {
            handler.SslOptions.ClientCertificates = [certificate];
        }

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

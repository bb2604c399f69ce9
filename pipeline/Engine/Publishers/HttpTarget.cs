using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Ops.Model;

namespace Ops.Pipeline.Publishers;

/// <summary>Posts samples as JSON to an HTTP server.</summary>
/// <remarks>An answer of 2xx is sent; 408, 425, 429, 5xx, no answer in time or no connection may pass; any other is a
/// refusal. Without <c>batch</c> a retry goes on after the last sample that was taken.</remarks>
internal sealed class HttpTarget : IPublisherTarget
{
    private readonly HttpTargetOptions _options;
    private readonly TimeProvider _time;
    private readonly HttpClient _client;
    private readonly ArrayBufferWriter<byte> _body = new(16_384);
    private SampleBatch? _partly;
    private int _taken;

    public HttpTarget(HttpTargetOptions options, TimeProvider time)
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

    public async ValueTask<PublishResult> SendAsync(SampleBatch batch, CancellationToken cancellationToken)
    {
        if (_options.IsBatch)
        {
            return await PostAsync(batch, 0, batch.Count, cancellationToken).ConfigureAwait(false);
        }

        _taken = ReferenceEquals(_partly, batch) ? _taken : 0;
        _partly = batch;
        for (; _taken < batch.Count; _taken++)
        {
            var result = await PostAsync(batch, _taken, 1, cancellationToken).ConfigureAwait(false);
            if (result.Outcome != PublishOutcome.Sent)
            {
                return result;
            }
        }

        _partly = null;
        return PublishResult.Sent;
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    private async ValueTask<PublishResult> PostAsync(
        SampleBatch batch, int start, int count, CancellationToken cancellationToken)
    {
        Encode(batch.Items.Slice(start, count));
        using var request = new HttpRequestMessage(HttpMethod.Post, _options.Place);
        request.Content = new ReadOnlyMemoryContent(_body.WrittenMemory);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var timeout = new CancellationTokenSource(_options.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            using var response = await _client
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            return Judge(response.StatusCode);
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

    private static PublishResult Judge(HttpStatusCode status)
    {
        var code = (int)status;
        return code is >= 200 and < 300 ? PublishResult.Sent
            : code is 408 or 425 or 429 or >= 500 ? PublishResult.Passing($"answered {code}")
            : PublishResult.Refused($"answered {code}");
    }

    private void Encode(ReadOnlySpan<Sample> samples)
    {
        _body.ResetWrittenCount();
        using var json = new Utf8JsonWriter(_body, SampleJson.Options);
        if (_options.IsBatch)
        {
            json.WriteStartArray();
        }

        foreach (ref readonly var sample in samples)
        {
            SampleJson.Write(json, sample);
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

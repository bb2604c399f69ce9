using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Ops.Server.Api;

namespace Ops.Server.Cli.Client;

/// <summary>Asks a running server.</summary>
internal sealed class OpsClient : IDisposable
{
    /// <summary>Time after which a server counts as unreachable.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private readonly HttpClient _http;
    private readonly Uri _server;

    public OpsClient(Uri server, string? token, HttpMessageHandler? network)
    {
        _server = server;
        _http = network is null ? new HttpClient() : new HttpClient(network, disposeHandler: false);
        _http.Timeout = Timeout;
        if (token is not null)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
    }

    /// <summary>The body at that path; null where the server says 404.</summary>
    /// <exception cref="CommandFault">The server cannot be reached or refuses.</exception>
    public async Task<string?> GetAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var address = new Uri(_server.AbsoluteUri.TrimEnd('/') + path);
            using var answer = await _http.GetAsync(address, cancellationToken);
            var body = await answer.Content.ReadAsStringAsync(cancellationToken);
            if (answer.StatusCode == HttpStatusCode.NotFound)
            {
                return null;
            }

            return answer.IsSuccessStatusCode ? body : throw new CommandFault(Refusal(answer, body));
        }
        catch (HttpRequestException fault)
        {
            throw new CommandFault($"cannot reach {_server}: {Innermost(fault)}. Is 'ops serve' running there? "
                + "--server or OPS_SERVER names another one");
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CommandFault($"{_server} did not answer within {Timeout.TotalSeconds:0} s");
        }
    }

    /// <summary>The body at that path, which must be there.</summary>
    public async Task<string> RequireAsync(string path, CancellationToken cancellationToken) =>
        await GetAsync(path, cancellationToken)
        ?? throw new CommandFault($"{_server} has nothing at {path}; it is not an Ops of this version");

    /// <summary>Reads an answer of the API.</summary>
    public T Read<T>(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, ApiJson.Options) ?? throw new JsonException("nothing");
        }
        catch (JsonException fault)
        {
            throw new CommandFault($"{_server} gave an answer that Ops does not give: {fault.Message}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private string Refusal(HttpResponseMessage answer, string body)
    {
        var status = $"{(int)answer.StatusCode} {answer.ReasonPhrase}";
        try
        {
            using var problem = JsonDocument.Parse(body);
            foreach (var name in new[] { "detail", "error", "message" })
            {
                if (problem.RootElement.ValueKind == JsonValueKind.Object
                    && problem.RootElement.TryGetProperty(name, out var detail))
                {
                    return $"{_server} says {status}: {Terminal.Printable(detail.ToString())}";
                }
            }
        }
        catch (JsonException)
        {
            // Not from Ops: the status must do.
        }

        return $"{_server} says {status}";
    }

    private static string Innermost(Exception fault)
    {
        while (fault.InnerException is { } inner)
        {
            fault = inner;
        }

        return fault.Message.TrimEnd('.');
    }
}

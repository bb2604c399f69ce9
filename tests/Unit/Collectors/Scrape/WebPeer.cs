using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Ops.Unit.Collectors.Scrape;

/// <summary>A web server on loopback that answers each connection with bytes of the test's choice.</summary>
internal sealed class WebPeer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;

    /// <summary>Held, so that an answer that never ends is not collected with its connection.</summary>
    private readonly List<Task> _answers = [];

    public WebPeer()
    {
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _loop = ServeAsync();
    }

    public int Port { get; }

    /// <summary>Where set, the server speaks TLS.</summary>
    public X509Certificate2? Certificate { get; init; }

    public Uri Url => new($"{(Certificate is null ? "http" : "https")}://127.0.0.1:{Port}/metrics");

    /// <summary>The heads of the requests so far.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>Writes the answer to a request head.</summary>
    public Func<string, Stream, Task> Answers { get; set; } = (_, stream) => WriteAsync(stream, 200, "a 1\n");

    public static async Task WriteAsync(Stream stream, int status, string body, string headers = "")
    {
        var head = $"HTTP/1.1 {status} X\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n"
            + $"{headers}\r\n";
        await stream.WriteAsync(Encoding.UTF8.GetBytes(head + body));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            var client = await _listener.AcceptTcpClientAsync(_stop.Token);
            _answers.Add(AnswerAsync(client));
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await using var stream = await OpenAsync(client);
                var head = new StringBuilder();
                var buffer = new byte[4096];
                while (!head.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
                {
                    var read = await stream.ReadAsync(buffer, _stop.Token);
                    if (read == 0)
                    {
                        return;
                    }

                    head.Append(Encoding.Latin1.GetString(buffer, 0, read));
                }

                lock (Requests)
                {
                    Requests.Add(head.ToString());
                }

                await Answers(head.ToString(), stream);
                await stream.FlushAsync();
            }
            catch (Exception fault) when (fault is IOException or OperationCanceledException or SocketException
                or AuthenticationException)
            {
                // The client went away, or the test is over.
            }
        }
    }

    private async Task<Stream> OpenAsync(TcpClient client)
    {
        if (Certificate is null)
        {
            return client.GetStream();
        }

        var secured = new SslStream(client.GetStream());
        await secured.AuthenticateAsServerAsync(Certificate);
        return secured;
    }
}

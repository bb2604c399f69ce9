using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Ops.Integration.Publishers;

/// <summary>How a <see cref="MoodyServer"/> answers.</summary>
internal enum Mood
{
    Well,
    Unavailable,
    Hangs,
    TricklesAByteASecond,
}

/// <summary>A real HTTP server on loopback that can be made to answer badly; it keeps the volumes it took.</summary>
internal sealed class MoodyServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<int> _volumes = new();
    private readonly CancellationTokenSource _stop = new();

    public MoodyServer()
    {
        _listener.Start();
        _ = Task.Run(AcceptAsync);
    }

    public volatile Mood Mood;

    public int Requests;

    public string Place => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/in";

    public IReadOnlyCollection<int> Volumes => _volumes;

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var link = await _listener.AcceptTcpClientAsync(_stop.Token);
            _ = Task.Run(() => AnswerAsync(link));
        }
    }

    private async Task AnswerAsync(TcpClient link)
    {
        using var closing = link;
        try
        {
            var stream = link.GetStream();
            while (await RequestAsync(stream) is { } body)
            {
                Interlocked.Increment(ref Requests);
                switch (Mood)
                {
                    case Mood.Hangs:
                        await Task.Delay(Timeout.Infinite, _stop.Token);
                        break;
                    case Mood.TricklesAByteASecond:
                        foreach (var one in "HTTP/1.1 204 No Content\r\n"u8.ToArray())
                        {
                            await stream.WriteAsync(new[] { one }, _stop.Token);
                            await Task.Delay(1000, _stop.Token);
                        }

                        break;
                    case Mood.Unavailable:
                        await stream.WriteAsync("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
                        break;
                    default:
                        foreach (var sample in body.EnumerateArray())
                        {
                            _volumes.Enqueue((int)sample.GetProperty("volume").GetDouble());
                        }

                        await stream.WriteAsync("HTTP/1.1 204 No Content\r\n\r\n"u8.ToArray());
                        break;
                }
            }
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException or SocketException)
        {
            // The client gave up, or the test is over.
        }
    }

    private async Task<JsonElement?> RequestAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, _stop.Token) == 0)
            {
                return null;
            }

            head.Append((char)one[0]);
        }

        var length = head.ToString().Split("\r\n")
            .First(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)).Split(':')[1];
        var body = new byte[int.Parse(length)];
        await stream.ReadExactlyAsync(body, _stop.Token);
        return JsonSerializer.Deserialize<JsonElement>(body);
    }
}

using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Xunit;

namespace Ops.Unit.Server.Api;

/// <summary>What only a real listener shows.</summary>
public sealed class SocketTests
{
    [Theory]
    [InlineData("Content-Length: 100000000\r\nExpect: 100-continue")]
    [InlineData("Content-Length: 100000000")]
    public async Task A_body_of_a_hundred_megabytes_is_refused_before_it_is_sent(string headers)
    {
        await using var host = await ApiHost.StartAsync(onSocket: true);
        var answer = await RawAsync(host, $"POST /write?db=d HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 413 ", answer);
        Assert.Contains("the body is larger than 25 MiB", answer);
        Assert.Empty(host.Lines.Lines);
    }

    [Fact]
    public async Task A_body_larger_than_the_listeners_own_limit_meets_ours()
    {
        await using var host = await ApiHost.StartAsync(onSocket: true);
        using var content = new StreamContent(new EndlessStream("cpu value=1\n"u8.ToArray(), 24 * 1024 * 1024));
        using var answer = await host.Client.PostAsync("/write?db=d", content);
        Assert.Equal(204, (int)answer.StatusCode);
    }

    [Theory]
    [InlineData("GET /api/v1/nothing HTTP/1.1\r\nHost: evil.example.org\r\n\r\n", "HTTP/1.1 421 ")]
    [InlineData("GET /api/v1/%00 HTTP/1.1\r\nHost: localhost\r\n\r\n", "HTTP/1.1 4")]
    [InlineData("GET /api/v1/alarms?name=%ff%fe HTTP/1.1\r\nHost: localhost\r\n\r\n", "HTTP/1.1 200 ")]
    public async Task Odd_requests_are_answered(string request, string status)
    {
        await using var host = await ApiHost.StartAsync(onSocket: true);
        Assert.StartsWith(status, await RawAsync(host, request));
    }

    [Fact]
    public async Task An_error_with_letters_of_all_kinds_fits_into_a_real_header()
    {
        await using var host = await ApiHost.StartAsync(onSocket: true);
        using var answer = await host.PostAsync("/write", "größe 日本\r\n\u0001", "text/plain");
        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Contains("gr??e ??", Assert.Single(answer.Headers.GetValues("X-Influxdb-Error")));
    }

    private static async Task<string> RawAsync(ApiHost host, string request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(host.Client.BaseAddress!.Host, host.Client.BaseAddress.Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        var buffer = new byte[64 * 1024];
        var text = "";
        while (!IsWhole(text) && await stream.ReadAsync(buffer) is > 0 and var read)
        {
            text += Encoding.UTF8.GetString(buffer, 0, read);
        }

        return text;
    }

    private static bool IsWhole(string answer)
    {
        var head = answer.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var length = Regex.Match(answer, @"\r\nContent-Length: (\d+)\r\n");
        return head >= 0 && (length.Success
            ? Encoding.UTF8.GetByteCount(answer.AsSpan(head + 4)) >= int.Parse(length.Groups[1].Value)
            : answer.EndsWith("\r\n0\r\n\r\n", StringComparison.Ordinal));
    }
}

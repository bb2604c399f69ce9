using Ops.Collectors.InfluxLine;
using System.IO.Compression;
using System.Text;
using Ops.Server.Api.Influx;
using Xunit;

namespace Ops.Unit.Server.Api;

/// <summary>Error texts and headers as a real InfluxDB 1.6.7 gave them to the same requests.</summary>
public sealed class WriteEndpointsTests
{
    private const int Limit = 25 * 1024 * 1024;

    [Theory]
    [InlineData("/write?db=telegraf", "telegraf", TimestampPrecision.Nanoseconds)]
    [InlineData("/write?db=d&precision=u", "d", TimestampPrecision.Microseconds)]
    [InlineData("/write?db=d&rp=autogen&precision=h", "d", TimestampPrecision.Hours)]
    [InlineData("/write", null, TimestampPrecision.Nanoseconds)]
    [InlineData("/api/v2/write?org=o&bucket=b&precision=ms", "b", TimestampPrecision.Milliseconds)]
    [InlineData("/api/v2/write?bucket=b&precision=us", "b", TimestampPrecision.Microseconds)]
    public async Task Lines_are_taken_with_no_content_to_answer(
        string path, string? database, TimestampPrecision precision)
    {
        await using var host = await ApiHost.StartAsync();
        using var answer = await host.PostAsync(path, "cpu value=1\nmem value=2", "text/plain");
        Assert.Equal(204, (int)answer.StatusCode);
        Assert.Equal("1.8.10-ops", Assert.Single(answer.Headers.GetValues("X-Influxdb-Version")));
        Assert.Equal(["cpu value=1", "mem value=2"], host.Lines.Lines);
        Assert.Equal((database, precision), Assert.Single(host.Lines.Begun));
    }

    [Fact]
    public async Task An_empty_body_is_well()
    {
        await using var host = await ApiHost.StartAsync();
        using var answer = await host.PostAsync("/write?db=d", "", "text/plain");
        Assert.Equal(204, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Other_lines_than_the_faulty_ones_are_kept()
    {
        await using var host = await ApiHost.StartAsync();
        using var answer = await host.PostAsync("/write?db=d", "cpu value=1\nbroken\nworse", "text/plain");
        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.ToString());
        Assert.Equal(
            """{"error":"partial write: unable to parse 'broken': missing fields\n"""
            + "unable to parse 'worse': missing fields "
            + "dropped=0\"}\n",
            await answer.Content.ReadAsStringAsync());
        Assert.Equal(
            "partial write: unable to parse 'broken': missing fields unable to parse 'worse': missing fields dropped=0",
            Assert.Single(answer.Headers.GetValues("X-Influxdb-Error")));
    }

    [Fact]
    public async Task A_body_of_faulty_lines_alone_is_no_partial_write()
    {
        await using var host = await ApiHost.StartAsync();
        using var answer = await host.PostAsync("/write?db=d", "broken", "text/plain");
        Assert.Equal("{\"error\":\"unable to parse 'broken': missing fields\"}\n",
            await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Points_that_were_dropped_are_counted()
    {
        await using var host = await ApiHost.StartAsync();
        using var answer = await host.PostAsync("/write?db=d", "conflict=1", "text/plain");
        Assert.Equal(
            "{\"error\":\"partial write: field type conflict dropped=1\"}\n", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_second_api_words_errors_its_own_way()
    {
        await using var host = await ApiHost.StartAsync();
        using var answer = await host.PostAsync("/api/v2/write?bucket=b", "a=1\nbroken", "text/plain");
        Assert.Equal(400, (int)answer.StatusCode);
        Assert.False(answer.Headers.Contains("X-Influxdb-Error"));
        Assert.Equal(
            """{"code":"invalid","message":"partial write: unable to parse 'broken': missing fields dropped=0"}"""
            + "\n",
            await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/write?precision=q", "{\"error\":\"invalid precision \\\"q\\\" (use ns, u, ms, s, m or h)\"}\n")]
    [InlineData("/api/v2/write?precision=q",
        "{\"code\":\"invalid\",\"message\":\"invalid precision \\\"q\\\" (use ns, us, ms or s)\"}\n")]
    public async Task An_unknown_precision_is_refused_before_anything_is_read(string path, string body)
    {
        await using var host = await ApiHost.StartAsync();
        using var answer = await host.PostAsync(path, "a=1", "text/plain");
        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Equal(body, await answer.Content.ReadAsStringAsync());
        Assert.Empty(host.Lines.Begun);
    }

    [Fact]
    public async Task A_packed_body_is_unpacked_piece_by_piece()
    {
        await using var host = await ApiHost.StartAsync();
        var text = string.Concat(Enumerable.Repeat("cpu,host=a value=1\n", 20_000));
        using var answer = await host.PostAsync("/write?db=d", Pack(Encoding.UTF8.GetBytes(text)), "text/plain",
            "gzip");
        Assert.Equal(204, (int)answer.StatusCode);
        Assert.All(host.Lines.Lines, line => Assert.Equal("cpu,host=a value=1", line));
        Assert.InRange(host.Lines.PieceBytesMax, 1, 64 * 1024);
    }

    [Fact]
    public async Task What_is_not_gzip_is_told()
    {
        await using var host = await ApiHost.StartAsync();
        using var answer = await host.PostAsync("/write?db=d", "cpu value=1"u8.ToArray(), "text/plain", "gzip");
        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Equal("{\"error\":\"gzip: invalid header or body\"}\n", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task An_unknown_packing_is_told()
    {
        await using var host = await ApiHost.StartAsync();
        using var answer = await host.PostAsync("/write?db=d", "cpu value=1"u8.ToArray(), "text/plain", "br");
        Assert.Equal(415, (int)answer.StatusCode);
        Assert.Equal(
            "{\"error\":\"Content-Encoding 'br' is not one of identity, gzip, deflate\"}\n",
            await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_body_of_a_hundred_megabytes_is_refused_unread()
    {
        await using var host = await ApiHost.StartAsync();
        using var content = new StreamContent(new EndlessStream("cpu value=1\n"u8.ToArray(), 100_000_000));
        content.Headers.ContentLength = 100_000_000;
        using var answer = await host.Client.PostAsync("/write?db=d", content);
        Assert.Equal(413, (int)answer.StatusCode);
        Assert.Equal(
            "{\"error\":\"the body is larger than 25 MiB, which is the most that is taken, packed or unpacked; send "
            + "it in parts\"}\n",
            await answer.Content.ReadAsStringAsync());
        Assert.Empty(host.Lines.Lines);
    }

    [Fact]
    public async Task A_body_of_unknown_length_is_refused_where_it_grows_too_large()
    {
        await using var host = await ApiHost.StartAsync();
        using var content = new StreamContent(new EndlessStream(Encoding.ASCII.GetBytes(new string('x', 4096)),
            Limit + 1));
        using var answer = await host.Client.PostAsync("/api/v2/write?bucket=b", content);
        Assert.Equal(413, (int)answer.StatusCode);
        Assert.Contains("\"code\":\"request too large\"", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_packed_bomb_is_refused_and_says_what_was_kept()
    {
        await using var host = await ApiHost.StartAsync();
        var bomb = Pack([.. "first value=1\n"u8, .. new byte[Limit]]);
        Assert.InRange(bomb.Length, 1, 500_000);
        using var answer = await host.PostAsync("/write?db=d", bomb, "text/plain", "gzip");
        Assert.Equal(413, (int)answer.StatusCode);
        Assert.Contains("send it in parts; 1 lines before were kept", await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("a\nb\tc", "a b c")]
    [InlineData("größer", "gr??er")]
    [InlineData(" x ", "x")]
    public void An_error_fits_into_a_header(string message, string header) =>
        Assert.Equal(header, InfluxReplies.HeaderText(message));

    private static byte[] Pack(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }
}

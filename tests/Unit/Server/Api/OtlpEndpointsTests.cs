using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Ops.Collectors.Wire;
using Ops.Server.Api.Security;
using Ops.Unit.Collectors.Otlp;
using Xunit;

namespace Ops.Unit.Server.Api;

public sealed class OtlpEndpointsTests
{
    private const string Protobuf = "application/x-protobuf";
    private const string GrpcMetrics = "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export";

    private static readonly byte[] Good = SomeOtlp.Request(
        wire => SomeOtlp.Metric(wire, "m", "", 5, to => SomeOtlp.Number(to, 1)));

    private static readonly byte[] Partial = SomeOtlp.Request(
        wire => SomeOtlp.Metric(wire, "m", "", 5, to => SomeOtlp.Number(to, double.NaN)));

    [Theory]
    [InlineData(null)]
    [InlineData("gzip")]
    public async Task Metrics_are_taken_plain_and_packed(string? encoding)
    {
        await using var host = await ReceiverHost.StartAsync();
        using var answer = await host.PostAsync(
            "/v1/metrics", encoding is null ? Good : Gzip(Good), Protobuf, encoding);
        Assert.Equal((200, Protobuf), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.ToString()));
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
        Assert.Single(host.Outlets.Sink.Samples);
    }

    [Fact]
    public async Task JSON_is_answered_in_JSON()
    {
        await using var host = await ReceiverHost.StartAsync();
        const string body = """
            {"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"m","gauge":{"dataPoints":[{"asInt":"1"}]}},
            {"name":"n","sum":{"dataPoints":[{"asInt":"1"}]}}]}]}]}
            """;
        using var answer = await host.PostAsync("/v1/metrics", Encoding.UTF8.GetBytes(body), "application/json");
        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal(
            """{"partialSuccess":{"rejectedDataPoints":"1","errorMessage":"metric 'n' """
            + """does not say whether it is delta or cumulative"}}""",
            await answer.Content.ReadAsStringAsync());
        using var faulty = await host.PostAsync("/v1/logs", "["u8.ToArray(), "application/json");
        Assert.Equal(400, (int)faulty.StatusCode);
        Assert.StartsWith(
            """{"code":3,"message":"the request is not OTLP in JSON: 'the request' must be an object""",
            await faulty.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_partial_success_says_how_many_and_why()
    {
        await using var host = await ReceiverHost.StartAsync();
        using var answer = await host.PostAsync("/v1/metrics", Partial, Protobuf);
        var (rejected, message) = Read(await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal((200, 1UL, "metric 'm': a value is no finite number"),
            ((int)answer.StatusCode, rejected, message));
    }

    [Theory]
    [InlineData("text/plain", null, 415)]
    [InlineData(Protobuf, "br", 415)]
    [InlineData(Protobuf, "gzip", 400)]
    [InlineData(Protobuf, null, 400)]
    public async Task What_cannot_be_read_is_refused_in_protobuf(string type, string? encoding, int status)
    {
        await using var host = await ReceiverHost.StartAsync();
        using var answer = await host.PostAsync("/v1/metrics", [0x0b, 1, 2], type, encoding);
        Assert.Equal((status, Protobuf), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.ToString()));
        var wire = new WireReader(await answer.Content.ReadAsByteArrayAsync());
        Assert.True(wire.Read());
        Assert.Equal(3UL, wire.Number);
    }

    [Theory]
    [InlineData(ApiRole.Reader, ReceiverHost.Token, 403)]
    [InlineData(ApiRole.Operator, ReceiverHost.Token, 200)]
    [InlineData(ApiRole.Operator, null, 401)]
    public async Task Sending_asks_for_the_role_operator(ApiRole role, string? token, int status)
    {
        await using var host = await ReceiverHost.StartAsync(role);
        using var answer = await host.PostAsync("/v1/metrics", Good, Protobuf, token: token);
        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Grpc_is_answered_with_a_message_and_a_status(bool isPacked)
    {
        await using var host = await ReceiverHost.StartAsync();
        var (status, message, body) = await GrpcAsync(host, Frame(isPacked ? Gzip(Partial) : Partial, isPacked));
        Assert.Equal(("0", ""), (status, message));
        Assert.Equal((1UL, "metric 'm': a value is no finite number"), Read(body[5..]));
        Assert.Equal((uint)body.Length - 5, BinaryPrimitives.ReadUInt32BigEndian(body.AsSpan(1)));
    }

    [Fact]
    public async Task Grpc_faults_stand_in_the_trailers()
    {
        await using var host = await ReceiverHost.StartAsync();
        Assert.Equal(("3", "the message is cut off"), (await GrpcAsync(host, [0, 0])).Head());
        Assert.Equal(
            ("3", "the message is cut off, or another follows it"), (await GrpcAsync(host, [0, 0, 0, 0, 5, 1])).Head());
        Assert.Equal("8", (await GrpcAsync(host, [0, 0xff, 0, 0, 0, 1])).Status);
        Assert.Equal("3", (await GrpcAsync(host, Frame([0x0b], false))).Status);
        Assert.Equal("3", (await GrpcAsync(host, Frame([1, 2, 3], true))).Status);
        Assert.Equal(
            ("12", "grpc-encoding 'zstd' is not one of identity, gzip"),
            (await GrpcAsync(host, Frame([1], true), "zstd")).Head());
    }

    [Fact]
    public async Task Grpc_needs_its_media_type()
    {
        await using var host = await ReceiverHost.StartAsync();
        using var answer = await host.PostAsync(GrpcMetrics, Good, Protobuf, version: new Version(2, 0));
        Assert.Equal(415, (int)answer.StatusCode);
    }

    private static async Task<(string Status, string Message, byte[] Body)> GrpcAsync(
        ReceiverHost host, byte[] frame, string encoding = "gzip")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, GrpcMetrics)
        {
            Content = new ByteArrayContent(frame), Version = new Version(2, 0),
        };
        request.Content.Headers.ContentType = new("application/grpc");
        request.Headers.Add("grpc-encoding", encoding);
        using var answer = await host.Client.SendAsync(request);
        Assert.Equal(200, (int)answer.StatusCode);
        var body = await answer.Content.ReadAsByteArrayAsync();
        var message = answer.TrailingHeaders.TryGetValues("grpc-message", out var told) ? told.Single() : "";
        return (answer.TrailingHeaders.GetValues("grpc-status").Single(), Uri.UnescapeDataString(message), body);
    }

    private static byte[] Frame(byte[] message, bool isPacked)
    {
        var frame = new byte[5 + message.Length];
        frame[0] = isPacked ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), (uint)message.Length);
        message.CopyTo(frame, 5);
        return frame;
    }

    private static (ulong Rejected, string Message) Read(byte[] body)
    {
        var wire = new WireReader(body);
        Assert.True(wire.Read());
        var partial = new WireReader(wire.Bytes);
        Assert.True(partial.Read());
        var rejected = partial.Number;
        Assert.True(partial.Read());
        return (rejected, Encoding.UTF8.GetString(partial.Bytes));
    }

    private static byte[] Gzip(byte[] plain)
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionMode.Compress))
        {
            zip.Write(plain);
        }

        return packed.ToArray();
    }
}

internal static class GrpcAnswers
{
    public static (string Status, string Message) Head(this (string Status, string Message, byte[] Body) answer) =>
        (answer.Status, answer.Message);
}

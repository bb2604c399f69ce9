using System.Text.Json;
using Ops.Collectors.Wire;
using Ops.Unit.Collectors.RemoteWrite;
using Snappier;
using Xunit;

namespace Ops.Unit.Server.Api;

public sealed class RemoteWriteEndpointTests
{
    private const string Protobuf = "application/x-protobuf";

    [Theory]
    [InlineData(Protobuf)]
    [InlineData("application/x-protobuf;proto=prometheus.WriteRequest")]
    public async Task What_is_taken_is_answered_with_no_content(string type)
    {
        await using var host = await ReceiverHost.StartAsync();
        using var answer = await host.PostAsync("/api/v1/write", Request("__name__=up"), type, "snappy");
        Assert.Equal(204, (int)answer.StatusCode);
        Assert.Single(host.Outlets.Sink.Samples);
    }

    [Theory]
    [InlineData("application/x-protobuf;proto=io.prometheus.write.v2.Request", "snappy", 415,
        "remote write 1.0 (prometheus.WriteRequest) is taken, found io.prometheus.write.v2.Request")]
    [InlineData("application/json", "snappy", 415,
        "remote write comes as application/x-protobuf, found 'application/json'")]
    [InlineData(Protobuf, "zstd", 415, "remote write comes with Content-Encoding snappy, found 'zstd'")]
    [InlineData(Protobuf, null, 415, "remote write comes with Content-Encoding snappy, found ''")]
    [InlineData(Protobuf, "snappy", 400, "a series has no label '__name__'")]
    public async Task What_can_never_be_taken_is_refused(string type, string? encoding, int status, string detail)
    {
        await using var host = await ReceiverHost.StartAsync();
        using var answer = await host.PostAsync("/api/v1/write", Request("job=x"), type, encoding);
        Assert.Equal(status, (int)answer.StatusCode);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(detail, problem.RootElement.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task What_is_too_large_is_refused()
    {
        await using var host = await ReceiverHost.StartAsync();
        using var answer = await host.PostAsync(
            "/api/v1/write", new byte[(25 << 20) + 1], Protobuf, "snappy");
        Assert.Equal(413, (int)answer.StatusCode);
    }

    private static byte[] Request(string labels)
    {
        var wire = new WireWriter();
        SomeWrite.Series(wire, labels, 1);
        return Snappy.CompressToArray(wire.Written);
    }
}

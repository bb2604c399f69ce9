using System.Text;
using System.Text.Json;
using CsCheck;
using Ops.Collectors.Otlp;
using Ops.Unit.Collectors.Wire;
using Xunit;

namespace Ops.Unit.Collectors.Otlp;

/// <summary>Bytes of any kind are read or refused; nothing is thrown, nothing hangs.</summary>
public sealed class OtlpFuzzTests
{
    private static readonly byte[] Whole = SomeOtlp.Request(wire => SomeOtlp.Metric(
        wire, "queue", "1", 7, to =>
        {
            SomeOtlp.Number(to, 1, ("a", "b"));
            SomeOtlp.Number(to, 2, ("a", "c"));
        }, 2, true), ("service.name", "shop"));

    [Fact]
    public void Any_bytes_are_read_or_refused() =>
        Gen.Select(Gen.Byte.Array[0, 300], Gen.Bool).Sample((body, isLog) => Take(body, isLog), iter: 5_000);

    [Fact]
    public void A_request_with_bytes_changed_is_read_or_refused() =>
        Gen.Select(Gen.Int[0, Whole.Length - 1], Gen.Byte, Gen.Int[0, Whole.Length], Gen.Bool).Sample(
            (at, value, length, isLog) =>
            {
                var body = Whole.ToArray();
                body[at] = value;
                Take(body[..length], isLog);
            }, iter: 20_000);

    [Fact]
    public void Any_JSON_is_written_or_refused()
    {
        string[] words =
        [
            "{", "}", "[", "]", ",", ":", "\"resourceMetrics\"", "\"scopeMetrics\"", "\"metrics\"", "\"name\"", "\"m\"",
            "\"gauge\"", "\"dataPoints\"", "\"asInt\"", "\"attributes\"", "\"value\"", "\"arrayValue\"", "\"values\"",
            "1", "-1", "1e999", "null", "true", "\"\\ud800\"", "\"bytesValue\"", "\"traceId\"", "\"zz\"",
        ];
        Gen.Int[0, words.Length - 1].Array[0, 40].Sample(parts =>
        {
            try
            {
                var json = string.Concat(parts.Select(part => words[part]));
                OtlpJson.ToProtobuf(Encoding.UTF8.GetBytes(json), OtlpSignal.Metrics);
            }
            catch (JsonException)
            {
                // Refused.
            }
        }, iter: 20_000);
    }

    [Fact]
    public async Task Values_nested_without_end_are_cut()
    {
        var json = new StringBuilder();
        for (var i = 0; i < 12; i++)
        {
            json.Append("""{"arrayValue":{"values":[""");
        }

        json.Append("""{"intValue":1}""");
        for (var i = 0; i < 12; i++)
        {
            json.Append("]}}");
        }

        var some = new SomeOtlp();
        var body = $$$"""
            {"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"m","gauge":{"dataPoints":[{"asInt":1,
            "attributes":[{"key":"deep","value":{{{json}}}}]}]}}]}]}]}
            """;
        var result = await some.Receiver.TakeAsync(
            Encoding.UTF8.GetBytes(body), OtlpSignal.Metrics, isJson: true, default);
        Assert.Equal(1, result.Accepted);
        Assert.Equal("m otlp {deep=[[[[[[[[]]]]]]]]} gauge  1", Assert.Single(some.Outlets.Lines));
    }

    private static void Take(byte[] body, bool isLog)
    {
        var outlets = new SomeOutlets();
        var receiver = new OtlpReceiver(new OtlpOptions(), outlets.Outlets);
        var result = receiver.TakeAsync(
            body, isLog ? OtlpSignal.Logs : OtlpSignal.Metrics, isJson: false, default).Result;
        Assert.True(result.Accepted + result.Rejected <= body.Length);
    }
}

using System.Text;
using Ops.Collectors.Otlp;
using Ops.Model;
using Xunit;

namespace Ops.Unit.Collectors.Otlp;

public sealed class OtlpJsonTests
{
    /// <summary>After the example of opentelemetry-proto, examples/metrics.json, shortened.</summary>
    private const string Metrics = """
        {"resourceMetrics": [{
          "resource": {"attributes": [{"key": "service.name", "value": {"stringValue": "my.service"}}]},
          "scopeMetrics": [{
            "scope": {"name": "my.library", "version": "1.0.0", "attributes": []},
            "metrics": [
              {"name": "my.counter", "unit": "1", "description": "I am a Counter",
               "sum": {"aggregationTemporality": 1, "isMonotonic": true, "dataPoints": [
                 {"asDouble": 5, "startTimeUnixNano": "1544712660300000000",
                  "timeUnixNano": "1544712660300000000",
                  "attributes": [{"key": "my.counter.attr", "value": {"intValue": "7"}}]}]}},
              {"name": "my.gauge", "unit": "1", "gauge": {"dataPoints": [
                 {"asInt": "-10", "timeUnixNano": 1544712660300000000, "attributes": [
                   {"key": "list", "value": {"arrayValue": {"values": [{"boolValue": true}, {"doubleValue": 1.5}]}}},
                   {"key": "map", "value": {"kvlistValue": {"values": [{"key": "k",
                     "value": {"stringValue": "v"}}]}}}]}]}},
              {"name": "my.histogram", "unit": "1", "histogram": {"aggregationTemporality": 1, "dataPoints": [
                 {"timeUnixNano": "1544712660300000000", "count": "2", "sum": 2, "bucketCounts": ["1", "1"],
                  "explicitBounds": [1], "min": 0, "max": 2}]}},
              {"name": "my.exponential", "unit": "1", "exponentialHistogram": {"aggregationTemporality": 2,
                 "dataPoints": [{"timeUnixNano": "1544712660300000000", "count": 3, "sum": 10, "scale": 0,
                 "zeroCount": 1, "positive": {"offset": 1, "bucketCounts": [0, 2]}, "min": 0, "max": 5}]}},
              {"name": "my.summary", "summary": {"dataPoints": [{"count": "4", "sum": 8,
                 "quantileValues": [{"quantile": 0.5, "value": 2}]}]}}
            ]}]}]}
        """;

    [Fact]
    public async Task Metrics_are_read_as_in_protobuf()
    {
        var some = new SomeOtlp();
        var result = await TakeAsync(some, Metrics, OtlpSignal.Metrics);
        Assert.Equal(new OtlpResult(5, 0, null, false), result);
        const string quantile = "otel.scope.name=my.library,quantile=0.5,service.name=my.service";
        const string tags = "otel.scope.name=my.library,service.name=my.service";
        Assert.Equal(
            [
                $"my.counter my.service {{my.counter.attr=7,{tags}}} delta 1 5",
                $"my.gauge my.service {{list=[true,1.5],map={{k:v}},{tags}}} gauge 1 -10",
                $"my.histogram.count my.service {{{tags}}} delta  2",
                $"my.histogram.sum my.service {{{tags}}} delta 1 2",
                $"my.histogram.min my.service {{{tags}}} gauge 1 0",
                $"my.histogram.max my.service {{{tags}}} gauge 1 2",
                $"my.histogram.bucket my.service {{le=1,{tags}}} delta  1",
                $"my.histogram.bucket my.service {{le=+Inf,{tags}}} delta  2",
                $"my.exponential.count my.service {{{tags}}} cumulative  3",
                $"my.exponential.sum my.service {{{tags}}} cumulative 1 10",
                $"my.exponential.min my.service {{{tags}}} gauge 1 0",
                $"my.exponential.max my.service {{{tags}}} gauge 1 5",
                $"my.summary.count my.service {{{tags}}} cumulative  4",
                $"my.summary.sum my.service {{{tags}}} cumulative  8",
                $"my.summary my.service {{{quantile}}} gauge  2",
            ],
            some.Outlets.Lines);
        Assert.Equal(1_544_712_660_300_000_000, some.Outlets.Sink.Samples[0].TimestampNs);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("[]", "'the request' must be an object, found StartArray")]
    [InlineData("{", "")]
    [InlineData("{} {}", "")]
    [InlineData("""{"resourceMetrics": [{"resource": 5}]}""", "'resource' must be an object, found Number")]
    [InlineData(
        """{"resourceMetrics": [{"scopeMetrics": [{"metrics": [{"name": 5}]}]}]}""",
        "'name' must be text, found Number")]
    [InlineData(
        """
        {"resourceMetrics": [{"scopeMetrics": [{"metrics": [{"name": "m", "gauge": {"dataPoints":
        [{"timeUnixNano": "soon"}]}}]}]}]}
        """,
        "'timeUnixNano' must be a whole number of 64 bits, found String")]
    public async Task What_is_not_OTLP_is_malformed(string json, string fault)
    {
        var some = new SomeOtlp();
        var result = await TakeAsync(some, json, OtlpSignal.Metrics);
        Assert.True(result.IsMalformed);
        Assert.StartsWith("the request is not OTLP in JSON: ", result.Message, StringComparison.Ordinal);
        Assert.Contains(fault, result.Message, StringComparison.Ordinal);
    }

    /// <summary>After the example of opentelemetry-proto, examples/logs.json, shortened.</summary>
    private const string Logs = """
        {"resourceLogs": [{
          "resource": {"attributes": [{"key": "service.name", "value": {"stringValue": "my.service"}}]},
          "scopeLogs": [{"scope": {"name": "my.library"}, "logRecords": [
            {"timeUnixNano": "1544712660300000000", "observedTimeUnixNano": "1544712660300000000",
             "severityNumber": 10, "severityText": "Information", "traceId": "5B8EFFF798038103D269B633813FC60C",
             "spanId": "EEE19B7EC3C1B174", "body": {"stringValue": "Example log record"},
             "attributes": [{"key": "string.attribute", "value": {"stringValue": "some string"}},
                            {"key": "int.attribute", "value": {"intValue": "10"}},
                            {"key": "double.attribute", "value": {"doubleValue": 637.704}},
                            {"key": "boolean.attribute", "value": {"boolValue": true}}]},
            {"eventName": "order.placed", "observedTimeUnixNano": "5", "body": {"stringValue": "x"}},
            {"severityNumber": 24, "attributes": [{"key": "event.name", "value": {"stringValue": "boom"}}]},
            {}]}]}]}
        """;

    [Fact]
    public async Task Log_records_become_events()
    {
        var some = new SomeOtlp();
        var result = await TakeAsync(some, Logs, OtlpSignal.Logs);
        Assert.Equal(new OtlpResult(4, 0, null, false), result);
        Assert.Equal(
            ["log.info", "order.placed", "boom", "log.unspecified"], some.Outlets.Events.Select(one => one.Type));
        var first = some.Outlets.Events[0];
        Assert.Equal(1_544_712_660_300_000_000, first.GeneratedNs);
        Assert.Equal(
            [
                new EventTrait("resource_id", TraitType.Text, "my.service"),
                new EventTrait("service", TraitType.Text, "my.service"),
                new EventTrait("trace_id", TraitType.Text, "5b8efff798038103d269b633813fc60c"),
                new EventTrait("span_id", TraitType.Text, "eee19b7ec3c1b174"),
                new EventTrait("string.attribute", TraitType.Text, "some string"),
                new EventTrait("int.attribute", TraitType.Integer, "10"),
                new EventTrait("double.attribute", TraitType.Float, "637.704"),
                new EventTrait("boolean.attribute", TraitType.Text, "true"),
                new EventTrait("severity", TraitType.Text, "Information"),
                new EventTrait("body", TraitType.Text, "Example log record"),
            ],
            first.Traits);
        Assert.Equal(5, some.Outlets.Events[1].GeneratedNs);
        Assert.Equal(some.Outlets.Time.GetUtcNow().ToUnixNs(), some.Outlets.Events[3].GeneratedNs);
        Assert.Equal(4, some.Outlets.Events.Select(one => one.MessageId).Distinct().Count());
    }

    [Fact]
    public async Task What_is_sent_again_bears_the_same_id()
    {
        var some = new SomeOtlp();
        await TakeAsync(some, Logs, OtlpSignal.Logs);
        await TakeAsync(some, Logs, OtlpSignal.Logs);
        Assert.Equal(4, some.Outlets.Events.Select(one => one.MessageId).Distinct().Count());
        Assert.Equal(8, some.Outlets.Events.Count);
        Assert.Single(some.Outlets.Sink.Observations);
    }

    private static Task<OtlpResult> TakeAsync(SomeOtlp some, string json, OtlpSignal signal) =>
        some.Receiver.TakeAsync(Encoding.UTF8.GetBytes(json), signal, isJson: true, default);
}

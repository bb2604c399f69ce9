using Ops.Collectors.Notifications;
using Ops.Collectors.Notifications.Meters;
using Ops.Model;
using Xunit;

namespace Ops.Unit.Collectors.Notifications;

public sealed class NotificationMetersTests
{
    private const string Plain =
        "name: m, type: gauge, unit: B/s, volume: $.payload.v, resource_id: $.payload.id, event_type: x";

    private readonly RecordingOutlets _recorded = new();
    private readonly NotificationConversion _conversion = new() { ReservedMetadataKeys = ["fleet"] };
    private NotificationTally _tally = new();

    [Theory]
    [InlineData("5", 5.0)]
    [InlineData("\"5.5\"", 5.5)]
    [InlineData("true", 1.0)]
    [InlineData("null", null)]
    [InlineData("\"many\"", null)]
    [InlineData("\"nan\"", null)]
    [InlineData("[1]", null)]
    [InlineData("1e999", null)]
    public async Task A_volume_is_a_number_or_there_is_no_sample(string volume, double? expected)
    {
        await ConsumeAsync(Plain, $$"""{"v": {{volume}}, "id": "r"}""");
        Assert.Equal(expected is null ? [] : [expected.Value], _recorded.Sink.Samples.Select(sample => sample.Volume));
        if (expected is null)
        {
            Assert.Equal(1, _tally.Dropped["samples of 'm' whose volume is not a number"]);
        }
    }

    [Fact]
    public async Task A_sample_without_a_resource_is_left_out()
    {
        await ConsumeAsync(Plain, """{"v": 1}""");
        Assert.Empty(_recorded.Sink.Samples);
        Assert.Equal("0 made, 1 dropped (1 samples of 'm' without a resource)", _tally.ToString());
    }

    [Theory]
    [InlineData("x", "x.y.z", true)]
    [InlineData("'x[.]y$'", "x.y.z", false)]
    [InlineData("y", "x.y.z", false)]
    [InlineData("[a, 'x[.](?!z).*']", "x.y", true)]
    [InlineData("'x[.](?!y).*'", "x.y", false)]
    [InlineData("'(?P<s>x)[.]y'", "x.y", true)]
    public async Task An_event_type_is_a_regular_expression_that_matches_from_the_start(
        string pattern, string eventType, bool matches)
    {
        var definition = Plain.Replace("event_type: x", $"event_type: {pattern}");
        await ConsumeAsync(definition, """{"v": 1, "id": "r"}""", eventType);
        Assert.Equal(matches ? 1 : 0, _recorded.Sink.Samples.Count);
    }

    [Fact]
    public async Task Without_metadata_the_whole_payload_is_metadata()
    {
        await ConsumeAsync(Plain, """{"v": 1, "id": "r", "a": {"b": [1, 2.5, null, true]}}""");
        var metadata = Assert.Single(_recorded.Sink.Samples).Context.Metadata;
        Assert.Equal(["v", "id", "a", "event_type", "host"], metadata.Keys);
        Assert.Equal(("x.y", "compute.host-1"), (metadata["event_type"], metadata["host"]));
        var inner = Assert.IsType<Dictionary<string, object?>>(metadata["a"]);
        Assert.Equal([1L, 2.5, null, true], Assert.IsType<List<object?>>(inner["b"]));
    }

    [Fact]
    public async Task Metadata_holds_what_is_there_and_what_the_owner_reserved()
    {
        await ConsumeAsync(
            Plain + ", metadata: {a: $.payload.a, z: $.payload.z}, user_metadata: $.payload.own",
            $$"""
            {"v": 1, "id": "r", "a": "x", "z": 0,
             "own": {"metering.server.group": "{{new string('g', 300)}}", "metering.a": "hidden", "fleet": 7, "b": 1} }
            """);
        var metadata = Assert.Single(_recorded.Sink.Samples).Context.Metadata;
        Assert.Equal(["a", "user_metadata"], metadata.Keys);
        var user = Assert.IsType<Dictionary<string, object?>>(metadata["user_metadata"]);
        Assert.Equal(["server_group", "fleet"], user.Keys);
        Assert.Equal((new string('g', 256), (object)7L), (user["server_group"], user["fleet"]!));
    }

    [Fact]
    public async Task The_owner_is_told_or_taken_from_the_context()
    {
        await ConsumeAsync(Plain + ", project_id: $.payload.p", """{"v": 1, "id": "r", "p": "p1"}""");
        await ConsumeAsync(Plain + ", project_id: $.payload.p", """{"v": 1, "id": "r"}""");
        Assert.Equal(
            [("p1", "cu"), ("cp", "cu")],
            _recorded.Sink.Samples.Select(sample => (sample.Context.ProjectId, sample.Context.UserId)));
    }

    [Fact]
    public async Task The_time_is_told_or_the_message_s()
    {
        await ConsumeAsync(Plain + ", timestamp: $.payload.t", """{"v": 1, "id": "r", "t": "2026-01-01T00:00:00"}""");
        await ConsumeAsync(Plain + ", timestamp: $.payload.t", """{"v": 1, "id": "r", "t": ""}""");
        await ConsumeAsync(Plain + ", timestamp: $.payload.t", """{"v": 1, "id": "r", "t": "soon"}""");
        Assert.Equal(
            ["2026-01-01T00:00:00Z", "2026-03-01T10:20:30.5Z"],
            _recorded.Sink.Samples.Select(sample => Timestamps.FromUnixNs(sample.TimestampNs).ToIso()));
        Assert.Equal(1, _tally.Dropped["samples of 'm' whose time cannot be read"]);
    }

    [Fact]
    public async Task A_notification_of_several_meters_makes_a_sample_of_each()
    {
        const string many = "name: '$.payload.m[*].n', type: gauge, unit: '$.payload.m[*].u', "
            + "volume: '$.payload.m[*].v', resource_id: $.payload.id, event_type: x, lookup: [name, unit, volume]";
        await ConsumeAsync(
            many, """{"id": "r", "m": [{"n": "a", "u": "B", "v": 1}, {"n": "b", "u": "C", "v": "2"}]}""");
        Assert.Equal(
            [("a", "B", 1.0, "r"), ("b", "C", 2.0, "r")],
            _recorded.Sink.Samples.Select(
                sample => (sample.Series.Meter, sample.Context.Unit, sample.Volume, sample.Series.ResourceId)));
        _recorded.Sink.Clear();
        await ConsumeAsync(many, """{"id": "r", "m": [{"n": "a", "u": "B", "v": 1}, {"n": "b", "u": "C"}]}""");
        await ConsumeAsync(many, """{"id": "r", "m": []}""");
        Assert.Empty(_recorded.Sink.Samples);
    }

    [Theory]
    [InlineData("INFO", 1)]
    [InlineData("SAMPLE", 1)]
    [InlineData("ERROR", 0)]
    [InlineData("AUDIT", 0)]
    public async Task Samples_are_made_of_the_priorities_info_and_sample(string priority, int count)
    {
        await ConsumeAsync(Plain, """{"v": 1, "id": "r"}""", priority: priority);
        Assert.Equal(count, _recorded.Sink.Samples.Count);
    }

    [Fact]
    public async Task Samples_of_a_Ceilometer_agent_are_taken_as_they_are()
    {
        await ConsumeAsync(Plain, $"[{Metering()}]", "metering", "SAMPLE");
        var sample = Assert.Single(_recorded.Sink.Samples);
        Assert.Equal(
            ("cpu", MeterKind.Cumulative, "ns", 7.0, "i-1", "p1", 12.5, "host-source"),
            (sample.Series.Meter, sample.Context.Kind, sample.Context.Unit, sample.Volume, sample.Series.ResourceId,
                sample.Context.ProjectId, sample.MonotonicSeconds, sample.Context.Source));
    }

    [Fact]
    public async Task A_false_signature_refuses_the_whole_list()
    {
        var consumer = new MeterConsumer(
            MeterDefinitions.Empty, new NotificationConversion { Secret = "s" }, _recorded.Outlets());
        var signature = MessageSignature.Compute(SomeNotification.Json(Metering()), "s");
        var signed = Metering($", \"message_signature\": \"{signature}\"");
        await consumer.ConsumeAsync(Polling(signed), default);
        Assert.Single(_recorded.Sink.Samples);
        var fault = await Assert.ThrowsAsync<NotificationRefusedException>(
            async () => await consumer.ConsumeAsync(Polling($"{signed}, {Metering()}"), default));
        Assert.Equal("the signature of sample 2 of 2 does not fit the secret", fault.Message);
        Assert.Single(_recorded.Sink.Samples);
    }

    [Fact]
    public async Task More_samples_than_a_batch_holds_come_in_several()
    {
        var list = string.Join(',', Enumerable.Repeat(Metering(), SampleBatch.CountMax + 1));
        await ConsumeAsync(Plain, $"[{list}]", "metering", "SAMPLE");
        Assert.Equal([SampleBatch.CountMax, 1], _recorded.Sink.BatchCounts);
    }

    private static Notification Polling(string samples) =>
        SomeNotification.Of($$"""{"samples": [{{samples}}]}""", "telemetry.polling", "SAMPLE");

    private static string Metering(string more = "") =>
        $$"""
        {"counter_name": "cpu", "counter_type": "cumulative", "counter_unit": "ns", "counter_volume": "7",
         "resource_id": "i-1", "project_id": "p1", "user_id": null, "timestamp": "2026-03-01T10:20:30Z",
         "resource_metadata": {}, "source": "host-source", "message_id": "q", "monotonic_time": 12.5{{more}}}
        """;

    private async Task ConsumeAsync(
        string definition, string payload, string eventType = "x.y", string priority = "INFO")
    {
        var consumer = new MeterConsumer(
            SomeNotification.Meters($"metric: [{{{definition}}}]"), _conversion, _recorded.Outlets());
        await consumer.ConsumeAsync(SomeNotification.Of(payload, eventType, priority), default);
        _tally = consumer.Tally;
    }
}

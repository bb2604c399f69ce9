using System.Text;
using System.Text.Json;
using CsCheck;
using Ops.Collectors.Notifications;
using Ops.Collectors.Notifications.Events;
using Ops.Collectors.Notifications.Meters;
using Xunit;

namespace Ops.Unit.Collectors.Notifications;

public sealed class NotificationEnvelopeTests
{
    private const string Plain =
        """
        {"message_id": "m-1", "publisher_id": "p", "event_type": "a.b", "priority": "ERROR", "payload": {"x": 1.0},
         "timestamp": "2026-03-01 10:20:30.5", "_unique_id": "u-1", "_context_user_id": "cu", "_context_roles": ["r"]}
        """;

    [Fact]
    public void A_message_without_envelope_is_opened()
    {
        var opening = Open(Plain);
        var notification = opening.Notification!;
        Assert.Equal("u-1", opening.UniqueId);
        Assert.Equal(
            ("a.b", "error", "p", "m-1", new DateTimeOffset(2026, 3, 1, 10, 20, 30, 500, TimeSpan.Zero)),
            (notification.EventType, notification.Priority, notification.PublisherId, notification.MessageId,
                notification.At));
        Assert.True(JsonElement.DeepEquals(
            SomeNotification.Json(
                """
                {"message_id": "m-1", "publisher_id": "p", "event_type": "a.b", "priority": "error",
                 "payload": {"x": 1.0}, "timestamp": "2026-03-01 10:20:30.5", "_unique_id": "u-1",
                 "_context_user_id": "cu", "_context_roles": ["r"], "ctxt": {"user_id": "cu", "roles": ["r"]},
                 "metadata": {"message_id": "m-1", "timestamp": "2026-03-01 10:20:30.5"}}
                """),
            notification.Body));
    }

    [Fact]
    public void A_message_in_the_envelope_of_version_2_is_the_same()
    {
        var wrapped = JsonSerializer.Serialize(new Dictionary<string, string>
        {
            ["oslo.version"] = "2.0", ["oslo.message"] = Plain,
        });
        Assert.Equal(Open(Plain).Notification!.Body.GetRawText(), Open(wrapped).Notification!.Body.GetRawText());
    }

    [Fact]
    public void What_is_left_out_is_filled_in()
    {
        var opening = Open("""{"event_type": "a.b", "timestamp": "yesterday"}""");
        var notification = opening.Notification!;
        Assert.Equal(("info", "", SomeNotification.Now), (notification.Priority, notification.PublisherId,
            notification.At));
        Assert.Equal(32, notification.MessageId.Length);
        Assert.Equal("", opening.UniqueId);
        Assert.Equal(
            notification.MessageId,
            Open("""{"event_type": "a.b", "timestamp": "yesterday"}""").Notification!.MessageId);
        Assert.Equal(JsonValueKind.Undefined, notification.Payload.ValueKind);
    }

    [Theory]
    [InlineData("", "is not JSON: ")]
    [InlineData("{", "is not JSON: ")]
    [InlineData("[1]", "is not a JSON object")]
    [InlineData("{}", "has no event_type")]
    [InlineData("""{"event_type": ""}""", "has no event_type")]
    [InlineData("""{"event_type": 5}""", "has no event_type")]
    [InlineData("""{"oslo.version": "2.0", "oslo.message": "nope"}""", "is not JSON: ")]
    [InlineData("""{"oslo.version": "2.0", "oslo.message": {}}""", "has no event_type")]
    [InlineData("""{"event_type": "a", "payload": "\ud800"}""", "holds text that is not Unicode")]
    [InlineData("""{"event_type": "a", "payload": {"\ud800": 1}}""", "holds text that is not Unicode")]
    [InlineData("""{"event_type": "\udc00"}""", "holds text that is not Unicode")]
    public void What_cannot_be_read_is_said(string message, string fault)
    {
        var opening = Open(message);
        Assert.Null(opening.Notification);
        Assert.StartsWith(fault, opening.Fault);
    }

    [Fact]
    public void Size_depth_and_names_are_bounded()
    {
        Assert.Equal(
            "has 16777217 bytes, 16777216 are allowed",
            NotificationEnvelope.Open(new byte[NotificationEnvelope.BytesMax + 1], "info", default).Fault);
        Assert.StartsWith("is not JSON: ", Open($$"""{"event_type": "a", "payload": {{new string('[', 100)}}""").Fault);
        Assert.Equal(
            "has an event_type, priority, publisher_id or message_id of more than 1024 characters",
            Open($$"""{"event_type": "{{new string('a', 1025)}}"}""").Fault);
    }

    [Fact]
    public void Any_bytes_are_a_notification_or_a_fault() =>
        Gen.Byte.Array[0, 64].Sample(bytes => IsOpenedOrFaulty(bytes), iter: 5000);

    [Fact]
    public void Any_damaged_message_is_a_notification_or_a_fault() =>
        Gen.Select(Gen.Int[0, Plain.Length - 1], Gen.Byte, Gen.Int[0, 40]).Sample(
            (at, value, cut) =>
            {
                var bytes = Encoding.UTF8.GetBytes(Plain);
                bytes[at] = value;
                IsOpenedOrFaulty(bytes[..^cut]);
            },
            iter: 5000);

    private static void IsOpenedOrFaulty(byte[] bytes)
    {
        var opening = NotificationEnvelope.Open(bytes, "info", SomeNotification.Now);
        Assert.Equal(opening.Notification is null, opening.Fault.Length > 0);
        if (opening.Notification is { } notification)
        {
            var tally = new NotificationTally();
            EventBuilder.Build(notification, EventDefinitions.Empty, new NotificationConversion(), tally);
            MeteringMessages.ListOf(notification);
        }
    }

    private static NotificationOpening Open(string json) =>
        NotificationEnvelope.Open(Encoding.UTF8.GetBytes(json), "info", SomeNotification.Now);
}

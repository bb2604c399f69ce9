using System.Text.Json;
using CsCheck;
using Ops.Collectors.Notifications;
using Ops.Collectors.Notifications.Events;
using Ops.Collectors.Notifications.Meters;
using Ops.Model;
using Ops.Server.Config;
using Ops.Unit.Architecture;
using Xunit;

namespace Ops.Unit.Collectors.Notifications;

/// <summary>Values of every kind in every place are taken, left out or refused, and nothing else.</summary>
public sealed class NotificationFuzzTests
{
    private static readonly string[] Values =
    [
        "null", "true", "0", "-1.5e300", "1e999", "12345678901234567890", "\"\"", "\"x\"", "\"7\"",
        "\"2026-03-01T00:00:00\"", "\"9999-99-99\"", "[]", "[1,\"a\",null]", "{}", "{\"a\":{\"b\":[1]}}",
        "\"\\u0000\\ud83d\\ude00\"",
    ];

    private static readonly Gen<string> Value = Gen.Int[0, Values.Length - 1].Select(place => Values[place]);

    [Fact]
    public void Samples_of_agents_may_hold_anything() =>
        Gen.Select(Value.Array[12], Gen.Bool).Sample(
            (values, isSigned) =>
            {
                string[] names =
                [
                    "counter_name", "counter_type", "counter_unit", "counter_volume", "user_id", "project_id",
                    "resource_id", "timestamp", "resource_metadata", "source", "message_id", "monotonic_time",
                ];
                var sample = $"{{{string.Join(',', names.Zip(values, (name, value) => $"\"{name}\":{value}"))}}}";
                Consume($"[{sample}, {values[0]}]", "metering", "SAMPLE", isSigned ? "s" : "");
            },
            iter: 3000);

    [Fact]
    public void Events_of_agents_may_hold_anything() =>
        Gen.Select(Value.Array[4], Value.Array[3]).Sample(
            (values, trait) => Consume(
                $$"""
                [{"message_id": {{values[0]}}, "event_type": {{values[1]}}, "generated": {{values[2]}},
                  "traits": [[{{string.Join(',', trait)}}], {{values[3]}}]}]
                """,
                "event", "SAMPLE"),
            iter: 3000);

    [Fact]
    public void Payloads_of_services_may_hold_anything()
    {
        string[] types =
        [
            "compute.instance.exists", "compute.metrics.update", "volume.create.end", "capacity.pool.x", "image.send",
            "objectstore.http.request", "identity.authenticate", "hardware.ipmi.metrics.update", "service.update",
            "port.create.end", "dns.domain.exists", "magnum.bay.metrics.update",
        ];
        string[] names =
        [
            "instance_id", "metrics", "metadata", "size", "volume_id", "name_to_id", "total", "measurements", "target",
            "initiator", "outcome", "payload", "node_uuid", "nova_object.data", "port", "created_at", "launched_at",
            "glance_metadata", "volume_attachment", "host", "nodename", "audit_period_beginning", "audit_period_ending",
        ];
        Gen.Select(Gen.Int[0, types.Length - 1].Select(place => types[place]), Value.Array[names.Length]).Sample(
            (type, values) => Consume(
                $"{{{string.Join(',', names.Zip(values, (name, value) => $"\"{name}\":{value}"))}}}", type, "INFO"),
            iter: 2000);
    }

    private static readonly (EventDefinitions Events, MeterDefinitions Meters) Definitions = ReadDefinitions();

    private static (EventDefinitions Events, MeterDefinitions Meters) ReadDefinitions()
    {
        var faults = new ConfigFaults();
        var etc = Path.Combine(SourceTree.Root, "server/etc");
        return (
            EventDefinitions.Read(
                YamlReader.ReadFile(Path.Combine(etc, "event_definitions.yaml"), faults), "e", faults)!,
            MeterDefinitions.Read(
                [YamlReader.ReadFile(Path.Combine(etc, "meters.d/openstack.yaml"), faults)], faults)!);
    }

    private static void Consume(string payload, string eventType, string priority, string secret = "")
    {
        var recorded = new RecordingOutlets();
        var conversion = new NotificationConversion { Secret = secret, StoreRaw = ["info"] };
        var notification = SomeNotification.Of(payload, eventType, priority);
        try
        {
            new EventConsumer(Definitions.Events, conversion, recorded.Outlets())
                .ConsumeAsync(notification, default).AsTask().GetAwaiter().GetResult();
            new MeterConsumer(Definitions.Meters, conversion, recorded.Outlets())
                .ConsumeAsync(notification, default).AsTask().GetAwaiter().GetResult();
        }
        catch (NotificationRefusedException)
        {
            Assert.NotEqual("", secret);
        }

        Assert.All(recorded.Sink.Samples, sample => Assert.True(double.IsFinite(sample.Volume)));
        Assert.All(recorded.Sink.Samples, sample => JsonSerializer.Serialize(sample.Context.Metadata));
    }
}

using System.Text.Json;
using Ops.Collectors.Notifications;
using Ops.Collectors.Notifications.Events;
using Ops.Collectors.Notifications.Meters;
using Ops.Model;
using Ops.Server.Config;
using Ops.Unit.Architecture;
using Xunit;

namespace Ops.Unit.Collectors.Notifications;

/// <summary>
/// <c>ceilometer.jsonl</c> holds notifications with the events and samples that the classes of Ceilometer 19 made of
/// them by our definition files.
/// </summary>
public sealed class CeilometerComparisonTests
{
    private static readonly JsonElement[] Records =
        [.. File.ReadAllLines(Path.Combine(SourceTree.Root, "tests/fixtures/notifications/ceilometer.jsonl"))
            .Select(line => JsonElement.Parse(line))];

    private readonly EventDefinitions _events;
    private readonly MeterDefinitions _meters;
    private readonly RecordingOutlets _recorded = new();

    public CeilometerComparisonTests()
    {
        var faults = new ConfigFaults();
        var etc = Path.Combine(SourceTree.Root, "server/etc");
        _events = EventDefinitions.Read(
            YamlReader.ReadFile(Path.Combine(etc, "event_definitions.yaml"), faults), "e", faults)!;
        _meters = MeterDefinitions.Read(
            [YamlReader.ReadFile(Path.Combine(etc, "meters.d/openstack.yaml"), faults)], faults)!;
        Assert.Empty(faults.All);
        Assert.Empty(faults.Warnings);
    }

    [Fact]
    public async Task Events_have_the_traits_that_Ceilometer_gives_them()
    {
        var consumer = new EventConsumer(_events, new NotificationConversion(), _recorded.Outlets());
        foreach (var record in Records)
        {
            _recorded.Events.Clear();
            var notification = SomeNotification.Open(record.GetProperty("wire").GetRawText());
            await consumer.ConsumeAsync(notification, default);
            var expected = record.GetProperty("event");
            if (expected.ValueKind == JsonValueKind.Null)
            {
                // Where a value does not fit its trait Ceilometer loses the event, and here it lacks the trait.
                Assert.Equal(record.GetProperty("error").ValueKind != JsonValueKind.Null, _recorded.Events.Count == 1);
                continue;
            }

            var made = Assert.Single(_recorded.Events);
            Assert.Equal(expected.GetProperty("message_id").GetString(), made.MessageId);
            Assert.Equal(expected.GetProperty("event_type").GetString(), made.Type);
            Assert.Equal(Time(expected.GetProperty("generated").GetString()!), made.GeneratedNs);
            Assert.Equal(
                expected.GetProperty("traits").EnumerateArray()
                    .Select(trait => $"{trait[0]} {(TraitType)trait[1].GetInt32()} {Value(trait)}")
                    .Order(StringComparer.Ordinal),
                made.Traits.Select(trait => $"{trait.Name} {trait.Type} {trait.Value}").Order(StringComparer.Ordinal));
            Assert.Null(made.Raw);
        }
    }

    [Fact]
    public async Task Samples_are_those_that_Ceilometer_makes()
    {
        var conversion = new NotificationConversion { Secret = "s3cret" };
        var consumer = new MeterConsumer(_meters, conversion, _recorded.Outlets());
        var count = 0;
        foreach (var record in Records)
        {
            _recorded.Sink.Clear();
            var notification = SomeNotification.Open(record.GetProperty("wire").GetRawText());
            await consumer.ConsumeAsync(notification, default);
            var expected = record.GetProperty("samples").EnumerateArray()
                .Where(sample => Volume(sample) is not null)
                .OrderBy(sample => sample.GetProperty("name").GetString(), StringComparer.Ordinal)
                .ToArray();
            var made = _recorded.Sink.Samples.OrderBy(sample => sample.Series.Meter, StringComparer.Ordinal).ToArray();
            Assert.Equal(expected.Select(Describe), made.Select(Describe));
            foreach (var (theirs, ours) in expected.Zip(made))
            {
                // Theirs never finds the owner in the context; ours does.
                var context = record.GetProperty("wire");
                Assert.Equal(
                    theirs.GetProperty("user_id").GetString() ?? Text(context, "_context_user_id"),
                    ours.Context.UserId);
                Assert.Equal(
                    theirs.GetProperty("project_id").GetString() ?? Text(context, "_context_project_id"),
                    ours.Context.ProjectId);
                Assert.True(
                    JsonElement.DeepEquals(
                        theirs.GetProperty("resource_metadata"),
                        JsonSerializer.SerializeToElement(ours.Context.Metadata)),
                    $"{Describe(ours)}: {JsonSerializer.Serialize(ours.Context.Metadata)} instead of "
                    + theirs.GetProperty("resource_metadata"));
            }

            count += made.Length;
        }

        Assert.Equal(54, count);
    }

    private static string Describe(JsonElement sample) => string.Join('|',
        sample.GetProperty("name").GetString(), sample.GetProperty("type").GetString(),
        sample.GetProperty("unit").GetString(), Volume(sample),
        sample.GetProperty("resource_id").GetString(), Time(sample.GetProperty("timestamp").GetString()!));

    private static string Describe(Sample sample) => string.Join('|',
        sample.Series.Meter, sample.Context.Kind.Word(), sample.Context.Unit, sample.Volume,
        sample.Series.ResourceId, sample.TimestampNs);

    private static double? Volume(JsonElement sample)
    {
        var volume = sample.GetProperty("volume");
        return volume.ValueKind == JsonValueKind.Number ? volume.GetDouble()
            : double.TryParse(volume.GetString(), out var parsed) ? parsed
            : null;
    }

    private static string Value(JsonElement trait) => (TraitType)trait[1].GetInt32() == TraitType.DateTime
        ? Timestamps.FromUnixNs(Time(trait[2].GetString()!)).ToIso()
        : PythonText.Of(trait[2])!;

    private static long Time(string text) => Timestamps.TryParseIso(text, out var at) ? at.ToUnixNs() : -1;

    private static string? Text(JsonElement message, string name) =>
        message.TryGetProperty(name, out var value) ? value.GetString() : null;
}

using Ops.Collectors.Notifications;
using Ops.Collectors.Notifications.Events;
using Ops.Model;
using Xunit;

namespace Ops.Unit.Collectors.Notifications;

public sealed class EventBuilderTests
{
    private readonly NotificationTally _tally = new();

    [Theory]
    [InlineData("""{"v": "text"}""", "text", "text")]
    [InlineData("""{"v": ""}""", "text", "")]
    [InlineData("""{"v": 5}""", "text", "5")]
    [InlineData("""{"v": true}""", "text", "True")]
    [InlineData("""{"v": ["a", {"b": null}]}""", "text", "['a', {'b': None}]")]
    [InlineData("""{"v": null}""", "text", null)]
    [InlineData("{}", "text", null)]
    [InlineData("""{"v": ""}""", "int", null)]
    [InlineData("""{"v": "12"}""", "int", "12")]
    [InlineData("""{"v": 12.9}""", "int", "12")]
    [InlineData("""{"v": -12.9}""", "int", "-12")]
    [InlineData("""{"v": true}""", "int", "1")]
    [InlineData("""{"v": "12.5"}""", "int", null)]
    [InlineData("""{"v": 1e300}""", "int", null)]
    [InlineData("""{"v": "1.50"}""", "float", "1.5")]
    [InlineData("""{"v": 3}""", "float", "3.0")]
    [InlineData("""{"v": "nan"}""", "float", null)]
    [InlineData("""{"v": []}""", "float", null)]
    [InlineData("""{"v": "2026-03-01 10:20:30.123456"}""", "datetime", "2026-03-01T10:20:30.123456Z")]
    [InlineData("""{"v": "2026-03-01T10:20:30+02:00"}""", "datetime", "2026-03-01T08:20:30Z")]
    [InlineData("""{"v": "2026-03-01"}""", "datetime", "2026-03-01T00:00:00Z")]
    [InlineData("""{"v": "10:20"}""", "datetime", null)]
    [InlineData("""{"v": 5}""", "datetime", null)]
    public void A_value_becomes_of_the_trait_s_type_or_there_is_no_trait(string payload, string type, string? value) =>
        Assert.Equal(value, Trait(payload, $"{{type: {type}, fields: payload.v}}"));

    [Fact]
    public void Text_is_cut_to_255_letters()
    {
        Assert.Equal(new string('x', 255), Trait($$"""{"v": "{{new string('x', 300)}}"}""", "payload.v"));
        var faces = string.Concat(Enumerable.Repeat("\U0001f600", 255));
        Assert.Equal(faces, Trait($$"""{"v": "{{faces}}\u00e9"}""", "payload.v"));
    }

    [Fact]
    public void A_value_that_does_not_fit_is_counted()
    {
        Trait("""{"v": "many"}""", "{type: int, fields: payload.v}");
        Assert.Equal(1, _tally.Dropped["traits 't' that are not of their type"]);
    }

    [Fact]
    public void The_first_path_that_finds_something_counts()
    {
        Assert.Equal("2", Trait("""{"a": null, "b": 2, "c": 3}""", "[payload.a, payload.b, payload.c]"));
        Assert.Equal("7", Trait("{}", "{type: int, fields: 7}"));
    }

    [Theory]
    [InlineData("split", """{"v": "a.b.c"}""", "a")]
    [InlineData("{name: split, parameters: {separator: '-', segment: 1}}", """{"v": "a-b-c"}""", "b")]
    [InlineData("{name: split, parameters: {segment: -1}}", """{"v": "a.b.c"}""", "c")]
    [InlineData("{name: split, parameters: {segment: 1, max_split: 1}}", """{"v": "a.b.c"}""", "b.c")]
    [InlineData("{name: split, parameters: {segment: 5}}", """{"v": "a.b.c"}""", null)]
    [InlineData("{name: split, parameters: {segment: 1}}", """{"v": 1.25}""", "25")]
    [InlineData("{name: map, parameters: {values: {a: x, 2: two}}}", """{"v": "a"}""", "x")]
    [InlineData("{name: map, parameters: {values: {a: x, 2: two}}}", """{"v": 2}""", "two")]
    [InlineData("{name: map, parameters: {values: {a: x}}}", """{"v": "A"}""", null)]
    [InlineData("{name: map, parameters: {values: {a: x}, case_sensitive: false}}", """{"v": "A"}""", "x")]
    [InlineData("{name: map, parameters: {values: {a: x}, default: 9}}", """{"v": "b"}""", "9")]
    [InlineData("{name: map, parameters: {values: {true: 'on', false: 'off'}}}", """{"v": true}""", "on")]
    public void A_plugin_works_on_what_the_path_found(string plugin, string payload, string? value) =>
        Assert.Equal(value, Trait(payload, $"{{fields: payload.v, plugin: {plugin}}}"));

    [Theory]
    [InlineData("""{"a": "2026-03-01T10:00:00", "b": "2026-03-01 10:00:02.5"}""", "2.5")]
    [InlineData("""{"a": "2026-03-01T10:00:02Z", "b": "2026-03-01T11:00:00+01:00"}""", "2.0")]
    [InlineData("""{"a": "2026-03-01T10:00:00"}""", null)]
    [InlineData("""{"a": "2026-03-01T10:00:00", "b": "soon"}""", null)]
    [InlineData("""{"a": 1, "b": 2}""", null)]
    public void Timedelta_gives_the_seconds_between_two_times(string payload, string? value) => Assert.Equal(
        value, Trait(payload, "{type: float, fields: [payload.a, payload.b], plugin: timedelta}"));

    [Theory]
    [InlineData("""{"a": 1, "b": "x"}""", "7")]
    [InlineData("""{"a": 2, "b": "y"}""", "3")]
    [InlineData("{}", "1")]
    public void Bitfield_sets_a_bit_for_each_flag(string payload, string value) => Assert.Equal(value, Trait(
        payload,
        """
        {type: int, fields: [payload.a, payload.b], plugin: {name: bitfield, parameters: {initial_bitfield: 1,
         flags: [{path: payload.b, bit: 1}, {path: payload.a, bit: 2, value: 1}]}}}
        """));

    [Fact]
    public void Default_traits_come_first_and_can_be_replaced()
    {
        var traits = Build(
            """{"tenant_id": "p1", "name": "n"}""",
            "{name: payload.name, service: \"publisher_id.`split(., 0, -1)`\"}").Traits;
        Assert.Equal(
            ["service=compute", "request_id=req-1", "project_id=p1", "user_id=cu", "tenant_id=p1", "name=n"],
            traits.Select(trait => $"{trait.Name}={trait.Value}"));
    }

    [Fact]
    public void The_notification_is_kept_where_it_is_asked_for()
    {
        var conversion = new NotificationConversion { StoreRaw = ["error"] };
        Assert.Null(Build("{}", "{}", conversion).Raw);
        var raw = Build("""{"a": 1}""", "{}", conversion, "ERROR").Raw!;
        Assert.Equal("m-1", SomeNotification.Json(raw).GetProperty("metadata").GetProperty("message_id").GetString());
    }

    private string? Trait(string payload, string definition) => Build(payload, $"{{t: {definition}}}").Traits
        .Where(trait => trait.Name == "t").Select(trait => trait.Value).SingleOrDefault();

    private Event Build(
        string payload, string traits, NotificationConversion? conversion = null, string priority = "INFO") =>
        EventBuilder.Build(
            SomeNotification.Of(payload, priority: priority),
            SomeNotification.Events($"[{{event_type: '*', traits: {traits}}}]"),
            conversion ?? new NotificationConversion(),
            _tally)!;
}

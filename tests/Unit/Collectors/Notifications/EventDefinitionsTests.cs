using Ops.Collectors.Notifications.Events;
using Ops.Model;
using Xunit;

namespace Ops.Unit.Collectors.Notifications;

public sealed class EventDefinitionsTests
{
    [Theory]
    [InlineData("a.b.c", "{event_type: a.*, traits: {}}", true)]
    [InlineData("x.b", "{event_type: a.*, traits: {}}", false)]
    [InlineData("a.b", "{event_type: ['*', '!a.*'], traits: {}}", false)]
    [InlineData("x.b", "{event_type: '!a.*', traits: {}}", true)]
    [InlineData("a.b", "{event_type: ['!a.*', '!b.*'], traits: {}}", false)]
    [InlineData("a.start", "{event_type: ['*.start', '*.end', '!scheduler.*'], traits: {}}", true)]
    [InlineData("scheduler.start", "{event_type: ['*.start', '*.end', '!scheduler.*'], traits: {}}", false)]
    public void Patterns_include_and_exclude(string eventType, string definition, bool matches) =>
        Assert.Equal(matches, SomeNotification.Events($"[{definition}]").For(eventType, true) is not null);

    [Fact]
    public void The_last_definition_that_matches_counts()
    {
        var definitions = SomeNotification.Events(
            """
            - {event_type: '*', traits: {first: payload.x}}
            - {event_type: 'a.*', traits: {second: payload.x}}
            """);
        Assert.Contains(definitions.For("a.b", false)!.Traits, trait => trait.Name == "second");
        Assert.DoesNotContain(definitions.For("a.b", false)!.Traits, trait => trait.Name == "first");
        Assert.Contains(definitions.For("b.b", false)!.Traits, trait => trait.Name == "first");
    }

    [Fact]
    public void What_nothing_matches_has_the_default_traits_or_is_dropped()
    {
        var definitions = SomeNotification.Events("[{event_type: a, traits: {}}]");
        Assert.Equal(
            ["service", "request_id", "project_id", "user_id", "tenant_id"],
            definitions.For("b", dropUnmatched: false)!.Traits.Select(trait => trait.Name));
        Assert.Null(definitions.For("b", dropUnmatched: true));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    public void An_empty_file_defines_nothing(string yaml) => Assert.Equal(0, SomeNotification.Events(yaml).Count);

    [Theory]
    [InlineData("{}", "e.yaml:1:1: e.yaml must be a list of event definitions, found a mapping")]
    [InlineData("[x]", "e.yaml:1:2: an event definition must be a mapping, found 'x'")]
    [InlineData(
        "[{traits: {}}]",
        "e.yaml:1:2: an event definition needs 'event_type': one or more names, patterns or exclusions")]
    [InlineData(
        "[{event_type: a}]",
        "e.yaml:1:2: event definition 'a' needs 'traits': a mapping, {} for the default ones alone")]
    [InlineData(
        "[{event_type: a, trait: {}, traits: {}}]",
        "e.yaml:1:18: unknown key 'trait' in an event definition; allowed: event_type, traits. Did you mean 'traits'?")]
    [InlineData("[{event_type: [[]], traits: {}}]", "e.yaml:1:16: an event_type must be a name, a pattern such as "
        + "'image.*' or an exclusion such as '!image.*', found a list")]
    [InlineData("[{event_type: a, traits: []}]", "e.yaml:1:26: 'traits' of event definition 'a' must be a mapping, "
        + "found a list")]
    [InlineData("[{event_type: a, traits: {t: {type: int}}}]", "e.yaml:1:30: trait 't' of event definition 'a' needs "
        + "'fields': a path, or a list of paths")]
    [InlineData("[{event_type: a, traits: {t: {type: integer, fields: x}}}]", "e.yaml:1:37: 'type' of trait 't' of "
        + "event definition 'a' must be one of text, int, float, datetime, found 'integer'")]
    [InlineData("[{event_type: a, traits: {t: {field: x, fields: x}}}]", "e.yaml:1:31: unknown key 'field' in trait "
        + "'t' of event definition 'a'; allowed: type, fields, plugin. Did you mean 'fields'?")]
    [InlineData("[{event_type: a, traits: {t: 'x['}}]", "e.yaml:1:30: the path 'x[' of trait 't' of event definition "
        + "'a' cannot be read: unexpected the end at 3")]
    [InlineData("[{event_type: a, traits: {t: []}}]", "e.yaml:1:30: trait 't' of event definition 'a' must have from 1 "
        + "to 64 paths, found 0")]
    [InlineData("[{event_type: a, traits: {t: [{}]}}]", "e.yaml:1:31: a path of trait 't' of event definition 'a' must "
        + "be text such as 'payload.name', found a mapping")]
    [InlineData("[{event_type: a, traits: {t: {fields: x, plugin: splitt}}}]", "e.yaml:1:50: the plugin of trait 't' "
        + "of event definition 'a' must be one of split, bitfield, timedelta, map, found 'splitt'. Did you mean "
        + "'split'?")]
    [InlineData("[{event_type: a, traits: {t: {fields: x, plugin: {}}}}]", "e.yaml:1:50: the plugin of trait 't' of "
        + "event definition 'a' needs 'name'")]
    [InlineData("[{event_type: a, traits: {t: {fields: x, plugin: map}}}]", "e.yaml:1:50: plugin 'map' of trait 't' of "
        + "event definition 'a' needs 'values': a mapping of one or more values")]
    [InlineData("[{event_type: a, traits: {t: {fields: x, plugin: {name: split, parameters: {seperator: x}}}}}]",
        "e.yaml:1:77: unknown key 'seperator' in plugin 'split' of trait 't' of event definition 'a'; allowed: "
        + "separator, segment, max_split. Did you mean 'separator'?")]
    [InlineData("[{event_type: a, traits: {t: {fields: x, plugin: {name: bitfield, parameters: {flags: [{bit: 99, "
        + "path: x}]}}}}}]", "e.yaml:1:94: 'bit' of a flag of plugin 'bitfield' of trait 't' of event definition 'a' "
        + "must be a whole number from 0 to 62, found '99'")]
    public void A_file_is_checked(string yaml, string fault) =>
        Assert.Equal([fault], SomeNotification.EventFaults(yaml));

    [Fact]
    public void All_faults_are_said_at_once() => Assert.Equal(
        3, SomeNotification.EventFaults("[{traits: {a: {}, b: 'x['}}, {event_type: c, traits: {}}]").Length);
}

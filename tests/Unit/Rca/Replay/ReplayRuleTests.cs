using Ops.Rca.Templates;
using Xunit;

namespace Ops.Unit.Rca.Replay;

/// <summary>Rules of a replay that are easily got wrong, one small world each.</summary>
public sealed class ReplayRuleTests
{
    private const string Entities = """
        a: {category: ALARM, type: nagios, name: A}
        b: {category: ALARM, type: nagios, name: B}
        c: {category: ALARM, type: nagios, name: C}
        host: {category: RESOURCE, type: nova.host}
        other: {category: RESOURCE, type: nova.host}
        vm: {category: RESOURCE, type: nova.instance}
        """;

    private const string Deduced =
        """{"category":"ALARM","type":"vitrage","name":"X","resource":{"type":"nova.host","id":"h"}}""";

    [Theory]
    [InlineData("""{"delete":""" + Deduced + "}")]
    [InlineData(
        """{"alarm":{"type":"vitrage","name":"X","severity":"low","resource":{"type":"nova.host","id":"h"}}}""")]
    [InlineData("""{"alarm":{"type":"vitrage","name":"X","severity":"OK","resource":{"type":"nova.host","id":"h"}}}""")]
    [InlineData("""{"unrelate":{"label":"on","from":""" + Deduced + ""","to":{"type":"nova.host","id":"h"}}}""")]
    public void What_is_observed_of_a_deduced_alarm_changes_nothing(string line)
    {
        var templates = One("a [on] host", "{raise_alarm: {target: host, alarm_name: X, severity: low}}");
        string[] before = [Rig.Host("h"), Rig.Alarm("A", "h")];
        Assert.Equal(
            ["2: +X LOW on h (t/0)", "4: -X LOW on h"], Rig.Changes(templates, [.. before, line, Rig.Clear("A", "h")]));
        Assert.EndsWith(
            "\"vertices\":1,\"edges\":0}}",
            Rig.Run(templates, [.. before, line, Rig.Clear("A", "h")], final: true).Lines[^1]);
    }

    [Fact]
    public void An_edge_from_an_entity_to_itself_counts_once()
    {
        string[] lines = [Rig.Service("s"), Rig.Link("s", "peer", "s")];
        Assert.EndsWith("\"vertices\":1,\"edges\":1}}", Rig.Run([], lines, final: true).Lines[^1]);
        Assert.EndsWith(
            "\"vertices\":0,\"edges\":0}}",
            Rig.Run([], [.. lines, """{"delete":{"type":"service","id":"s"}}"""], final: true).Lines[^1]);
    }

    [Fact]
    public void The_same_entities_in_exchanged_roles_are_two_matches_of_a_workflow() => Assert.Equal(
        ["3: run w {\"to\":\"i\"} for h", "4: run w {\"to\":\"h\"} for i"],
        Rig.Changes(
            One("host [peer] other", "{execute_mistral: {workflow: w, input: {to: \"get_attr(other, id)\"}}}"),
            Rig.Host("h"), Rig.Host("i"), Peer("h", "i"), Peer("i", "h"), Peer("i", "h")));

    [Fact]
    public void A_workflow_without_target_is_for_the_resource_rather_than_the_alarm() => Assert.Equal(
        ["2: run w {} for h"],
        Rig.Changes(One("a [on] host", "{execute_mistral: {workflow: w}}"), Rig.Host("h"), Rig.Alarm("A", "h")));

    [Fact]
    public void A_clear_of_an_alarm_never_seen_outdates_what_is_older() => Assert.Equal(
        ["4: h down"],
        Rig.Changes(
            One("a [on] host", "{mark_down: {target: host}}"),
            Rig.Host("h"),
            Rig.Clear("A", "h", at: "2026-01-01T00:00:10Z"),
            Rig.Alarm("A", "h", at: "2026-01-01T00:00:09Z"),
            Rig.Alarm("A", "h", at: "2026-01-01T00:00:10Z")));

    [Fact]
    public void An_entity_that_an_alternative_names_alone_is_bound_although_only_a_negation_relates_it() =>
        Assert.Equal(
        ["3: +X LOW on v (t/0)", "4: -X LOW on v", "5: +X LOW on v (t/0)"],
        Rig.Changes(
            One(
                "(b [on] host AND vm AND NOT c [on] vm) OR a [on] host",
                "{raise_alarm: {target: vm, alarm_name: X, severity: low}}"),
            Rig.Host("h"),
            """{"entity":{"type":"nova.instance","id":"v"}}""",
            Rig.Alarm("B", "h"),
            Rig.Alarm("C", "v", type: "nova.instance"),
            Rig.Clear("C", "v", type: "nova.instance"),
            Rig.Alarm("A", "h")));

    [Theory]
    [InlineData("{execute_mistral: {workflow: w, input: {who: \"get_attr(b, name)\"}}}")]
    [InlineData("{execute_mistral: {workflow: \"get_attr(b, name)\"}}")]
    [InlineData("{raise_alarm: {target: host, alarm_name: X, severity: \"get_attr(b, severity)\"}}")]
    [InlineData("{raise_alarm: {target: host, alarm_name: \"get_attr(b, name)\", severity: low}}")]
    [InlineData("{set_state: {target: host, state: \"get_attr(b, severity)\"}}")]
    [InlineData("{add_causal_relationship: {source: b, target: a}}")]
    public void An_action_is_skipped_where_the_alternative_that_matches_lacks_an_entity_it_names(string action) =>
        Assert.Empty(Rig.Changes(One("a [on] host OR b [on] host", action), Rig.Host("h"), Rig.Alarm("A", "h")));

    [Fact]
    public void An_alarm_is_raised_without_its_cause_where_the_alternative_lacks_that() => Assert.Equal(
        ["2: +X LOW on h (t/0)", "3: +cause B@h>X@h"],
        Rig.Changes(
            One(
                "a [on] host OR b [on] host",
                "{raise_alarm: {target: host, alarm_name: X, severity: low, causing_alarm: b}}"),
            Rig.Host("h"), Rig.Alarm("A", "h"), Rig.Alarm("B", "h")));

    private static IReadOnlyList<Template> One(string condition, string action) =>
        Rig.Templates(Rig.V3("t", Entities, (condition, action)));

    private static string Peer(string from, string to) => Rig.Link(from, "peer", to).Replace("service", "nova.host");
}

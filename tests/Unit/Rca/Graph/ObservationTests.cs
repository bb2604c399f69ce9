using Xunit;

namespace Ops.Unit.Rca.Graph;

/// <summary>What an observation does to the graph, seen through a template that tells of it.</summary>
public sealed class ObservationTests
{
    private static readonly string Contained = Rig.V3(
        "contained", "a: {category: ALARM, type: nagios, name: down}\nhost: {category: RESOURCE, type: nova.host}\n"
            + "vm: {category: RESOURCE, type: nova.instance}",
        ("a [on] host AND host [contains] vm", "{raise_alarm: {target: vm, alarm_name: lost, severity: WARNING}}"));

    private static readonly string Plain = Rig.V3(
        "plain", "a: {category: ALARM, type: nagios, name: down}\nhost: {category: RESOURCE, type: nova.host}",
        ("a [on] host", "{raise_alarm: {target: host, alarm_name: out, severity: WARNING}}"));

    [Fact]
    public void A_machine_that_moves_leaves_its_old_host() => Assert.Equal(
        ["5: +lost WARNING on v (contained/0)", "6: -lost WARNING on v", "7: +lost WARNING on v (contained/0)"],
        Rig.Changes(
            Rig.Templates(Contained), Rig.Host("h1"), Rig.Host("h2"), Rig.Host("h3"), Rig.Vm("v", "h1"),
            Rig.Alarm("down", "h1"), Rig.Vm("v", "h2"), Rig.Vm("v", "h1")));

    [Fact]
    public void A_move_between_two_failed_hosts_changes_nothing_that_shows() => Assert.Equal(
        ["5: +lost WARNING on v (contained/0)"],
        Rig.Changes(
            Rig.Templates(Contained), Rig.Host("h1"), Rig.Host("h2"), Rig.Vm("v", "h1"), Rig.Alarm("down", "h2"),
            Rig.Alarm("down", "h1"), Rig.Vm("v", "h2")));

    [Fact]
    public void A_placeholder_matches_nothing_until_it_turns_real()
    {
        var (_, lines) = Rig.Run(
            Rig.Templates(Contained), [Rig.Vm("v", "h"), Rig.Alarm("down", "h")], final: true);
        Assert.Single(lines);
        Assert.Contains("\"vertices\":2,\"edges\":0}", lines[0], StringComparison.Ordinal);
        Assert.DoesNotContain("nova.host\",\"id\":\"h\"},\"state", lines[0], StringComparison.Ordinal);
        Assert.Equal(
            ["3: +lost WARNING on v (contained/0)"],
            Rig.Changes(Rig.Templates(Contained), Rig.Vm("v", "h"), Rig.Alarm("down", "h"), Rig.Host("h")));
    }

    [Fact]
    public void A_late_observation_of_an_entity_is_ignored() => Assert.Equal(
        ["3: h is ERROR/ERROR"],
        Rig.Changes(
            [], Rig.Host("h", at: "2026-01-01T00:00:10Z"), Rig.Host("h", "error", "2026-01-01T00:00:09Z"),
            Rig.Host("h", "error", "2026-01-01T00:00:10Z")));

    [Fact]
    public void An_alarm_does_not_make_its_resource_any_newer() => Assert.Equal(
        ["2: +out WARNING on h (plain/0)", "3: h is ERROR/ERROR"],
        Rig.Changes(
            Rig.Templates(Plain), Rig.Host("h", at: "2026-01-01T00:00:00Z"),
            Rig.Alarm("down", "h", at: "2026-01-01T00:01:00Z"), Rig.Host("h", "error", "2026-01-01T00:00:30Z")));

    [Fact]
    public void A_late_alarm_does_not_undo_its_clearing() => Assert.Equal(
        ["2: +out WARNING on h (plain/0)", "3: -out WARNING on h"],
        Rig.Changes(
            Rig.Templates(Plain), Rig.Host("h", at: "2026-01-01T00:00:00Z"),
            Rig.Alarm("down", "h", at: "2026-01-01T00:01:00Z"), Rig.Clear("down", "h", at: "2026-01-01T00:02:00Z"),
            Rig.Alarm("down", "h", at: "2026-01-01T00:01:30Z")));

    [Fact]
    public void A_deleted_resource_takes_what_was_deduced_of_it_along_but_its_state_is_not_told() => Assert.Equal(
        ["3: +out WARNING on h (plain/0)", "4: -out WARNING on h", "6: +out WARNING on h (plain/0)"],
        Rig.Changes(
            Rig.Templates(Plain), Rig.Host("h"), Rig.Host("other"), Rig.Alarm("down", "h"),
            """{"delete":{"type":"nova.host","id":"h"}}""", Rig.Host("h"), Rig.Alarm("down", "h")));

    [Fact]
    public void A_relation_can_be_taken_back_by_itself() => Assert.Equal(
        ["3: +lost WARNING on v (contained/0)", "4: -lost WARNING on v"],
        Rig.Changes(
            Rig.Templates(Contained), Rig.Host("h"), Rig.Vm("v", "h"), Rig.Alarm("down", "h"),
            """{"unrelate":{"label":"contains","from":{"type":"nova.host","id":"h"},"to":"""
                + """{"type":"nova.instance","id":"v"}}}"""));

    [Fact]
    public void Null_removes_a_property() => Assert.Equal(
        ["1: +odd WARNING on h (p/0)", "3: -odd WARNING on h"],
        Rig.Changes(
            Rig.Templates(Rig.V3(
                "p", "host: {category: RESOURCE, type: nova.host, rack: r1}",
                ("host", "{raise_alarm: {target: host, alarm_name: odd, severity: WARNING}}"))),
            """{"entity":{"type":"nova.host","id":"h","rack":"r1"}}""", """{"entity":{"type":"nova.host","id":"h"}}""",
            """{"entity":{"type":"nova.host","id":"h","rack":null}}"""));

    [Fact]
    public void A_relation_of_a_thing_to_itself_does_no_harm()
    {
        var (result, lines) = Rig.Run(
            Rig.Templates(Contained), [Rig.Service("s"), Rig.Link("s", "connects", "s"),
                """{"delete":{"type":"service","id":"s"}}""", Rig.Service("s")], final: true);
        Assert.Equal(0, result.ExitCode);
        Assert.EndsWith("\"vertices\":1,\"edges\":0}}", lines[^1], StringComparison.Ordinal);
    }
}

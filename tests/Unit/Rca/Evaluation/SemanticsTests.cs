using Xunit;

namespace Ops.Unit.Rca.Evaluation;

/// <summary>Single facts of the language, each with the smallest world that shows it.</summary>
public sealed class SemanticsTests
{
    private const string Host = "host: {category: RESOURCE, type: nova.host}";
    private const string A = "a: {category: ALARM, type: nagios, name: a}";
    private const string B = "b: {category: ALARM, type: nagios, name: b}";

    [Fact]
    public void Two_matches_hold_an_alarm_up_until_both_are_gone() => Assert.Equal(
        ["2: +d WARNING on h (t/0)", "5: -d WARNING on h"],
        Run(One($"a: {{category: ALARM, type: nagios}}\n{Host}", "a [on] host", Raise("host", "d")),
            Rig.Host("h"), Rig.Alarm("x", "h"), Rig.Alarm("y", "h"), Rig.Clear("x", "h"), Rig.Clear("y", "h")));

    [Fact]
    public void Each_of_two_blockers_blocks() => Assert.Equal(
        ["6: +d WARNING on h (t/0)", "7: -d WARNING on h"],
        Run(One($"{A}\nm: {{category: ALARM, type: nagios, name.regex: \"m.*\"}}\n{Host}", "a [on] host AND "
            + "NOT m [on] host", Raise("host", "d")),
            Rig.Host("h"), Rig.Alarm("m1", "h"), Rig.Alarm("m2", "h"), Rig.Alarm("a", "h"),
            Two("m1", "m2"), Rig.Alarm("m3", "h")));

    [Fact]
    public void Alternatives_are_one_scenario() => Assert.Equal(
        ["2: +d WARNING on h (t/0)", "5: -d WARNING on h"],
        Run(One($"{A}\n{B}\n{Host}", "a [on] host OR b [on] host", Raise("host", "d")),
            Rig.Host("h"), Rig.Alarm("a", "h"), Rig.Alarm("b", "h"), Rig.Clear("a", "h"), Rig.Clear("b", "h")));

    [Fact]
    public void An_alarm_is_not_its_own_second() => Assert.Equal(
        ["3: +d WARNING on h (t/0)"],
        Run(One($"a: {{category: ALARM, type: nagios}}\nb: {{category: ALARM, type: nagios}}\n{Host}",
                "a [on] host AND b [on] host", Raise("host", "d")),
            Rig.Host("h"), Rig.Alarm("x", "h"), Rig.Alarm("y", "h")));

    [Fact]
    public void An_alarm_does_not_forbid_itself() => Assert.Equal(
        ["2: +d WARNING on h (t/0)", "3: -d WARNING on h"],
        Run(One($"{A}\nany: {{category: ALARM, type: nagios}}\n{Host}", "a [on] host AND NOT any "
            + "[on] host", Raise("host", "d")),
            Rig.Host("h"), Rig.Alarm("a", "h"), Rig.Alarm("x", "h")));

    [Fact]
    public void A_name_read_from_a_property_follows_it() => Assert.Equal(
        ["2: +h down WARNING on h (t/0)", "3: +renamed WARNING on h (t/0); -h down WARNING on h", "4: -renamed "
            + "WARNING on h"],
        Run(One($"{A}\n{Host}", "a [on] host",
                "{raise_alarm: {target: host, alarm_name: \"get_attr(host, label)\", severity: WARNING}}"),
            Labelled("h down"), Rig.Alarm("a", "h"), Labelled("renamed"), Rig.Clear("a", "h")));

    [Fact]
    public void Every_cause_is_named_and_each_goes_by_itself() => Assert.Equal(
        ["2: +cause x@h>d@h; +d WARNING on h (t/0)", "3: +cause y@h>d@h", "4: -cause x@h>d@h", "5: -cause "
            + "y@h>d@h; -d WARNING on h"],
        Run(One($"a: {{category: ALARM, type: nagios}}\n{Host}", "a [on] host",
                "{raise_alarm: {target: host, alarm_name: d, severity: WARNING, causing_alarm: a}}"),
            Rig.Host("h"), Rig.Alarm("x", "h"), Rig.Alarm("y", "h"), Rig.Clear("x", "h"), Rig.Clear("y", "h")));

    [Fact]
    public void A_mark_stays_while_any_template_wants_it() => Assert.Equal(
        ["2: h down", "5: h up"],
        Rig.Changes(
            Rig.Templates(
                One($"{A}\n{Host}", "a [on] host", "{mark_down: {target: host}}", "one"),
                One($"{B}\n{Host}", "b [on] host", "{mark_down: {target: host}}", "two")),
            Rig.Host("h"), Rig.Alarm("a", "h"), Rig.Alarm("b", "h"), Rig.Clear("a", "h"), Rig.Clear("b", "h")));

    [Fact]
    public void A_workflow_runs_once_for_each_match_and_again_when_it_returns() => Assert.Equal(
        ["2: run fix {\"who\":\"h\"} for h", "5: run fix {\"who\":\"h\"} for h"],
        Run(One($"{A}\n{Host}", "a [on] host",
                "{execute_mistral: {workflow: fix, input: {who: \"get_attr(host, name)\"}}}"),
            Rig.Host("h"), Rig.Alarm("a", "h"), Rig.Alarm("a", "h", "CRITICAL"), Rig.Clear("a", "h"),
            Rig.Alarm("a", "h")));

    [Fact]
    public void A_set_state_chains_through_the_aggregated_state() => Assert.Equal(
        ["3: h is ERROR/ERROR; v is SUBOPTIMAL/SUBOPTIMAL", "4: h is AVAILABLE/OK; v is ACTIVE/OK"],
        Rig.Changes(
            Rig.Templates(
                One($"{A}\n{Host}", "a [on] host", "{set_state: {target: host, state: ERROR}}", "one"),
                One("host: {category: RESOURCE, type: nova.host, aggregated_state: ERROR}\nvm: {category: "
                    + "RESOURCE, type: nova.instance}",
                    "host [contains] vm", "{set_state: {target: vm, state: SUBOPTIMAL}}", "two")),
            Rig.Host("h"), Rig.Vm("v", "h"), Rig.Alarm("a", "h"), Rig.Clear("a", "h")));

    [Fact]
    public void A_state_its_type_does_not_know_counts_by_the_default_values() => Assert.Equal(
        ["2: p is ERROR/ERROR"],
        Run(One("a: {category: ALARM, type: nagios, name: a}\np: {category: RESOURCE, type: cetus.pod}", "a [on] p",
                "{set_state: {target: p, state: ERROR}}"),
            """{"entity":{"type":"cetus.pod","id":"p","state":"PENDING"}}""", Rig.Alarm("a", "p", type: "cetus.pod")));

    [Fact]
    public void Parts_that_nothing_connects_match_together() => Assert.Equal(
        ["4: +d WARNING on h (t/0)", "5: -d WARNING on h"],
        Run(One($"{A}\n{B}\n{Host}\nvm: {{category: RESOURCE, type: nova.instance}}", "a [on] host AND b "
            + "[on] vm", Raise("host", "d")),
            Rig.Host("h"), Rig.Vm("v", "h"), Rig.Alarm("b", "v", type: "nova.instance"), Rig.Alarm("a", "h"),
            Rig.Clear("b", "v", "nova.instance")));

    private static string[] Run(string template, params string[] lines)
    {
        lines = [.. lines.SelectMany(line => line.Split('\n'))];
        return Rig.Changes(Rig.Templates(template), lines);
    }

    private static string One(string entities, string condition, string actions, string name = "t") =>
        Rig.V3(name, entities, (condition, actions));

    private static string Raise(string target, string name) =>
        $"{{raise_alarm: {{target: {target}, alarm_name: {name}, severity: WARNING}}}}";

    private static string Labelled(string label) =>
        $"{{\"entity\":{{\"type\":\"nova.host\",\"id\":\"h\",\"label\":\"{label}\"}}}}";

    private static string Two(string one, string two) => $"{Rig.Clear(one, "h")}\n{Rig.Clear(two, "h")}";
}

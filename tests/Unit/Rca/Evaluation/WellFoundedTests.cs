using Ops.Rca.Evaluation;
using Ops.Rca.Evaluation.Strata;
using Xunit;

namespace Ops.Unit.Rca.Evaluation;

public sealed class WellFoundedTests
{
    private const string Host = "host: {category: RESOURCE, type: nova.host}";

    private static readonly string Lost = Rig.V3(
        "lost", """
            gone: {category: ALARM, type: nagios, name: gone}
            dep: {category: ALARM, type: vitrage, name: dep_lost}
            svc: {category: RESOURCE, type: service}
            client: {category: RESOURCE, type: service}
            """,
        ("gone [on] svc AND client [connects] svc", Raise("client", "dep_lost")),
        ("dep [on] svc AND client [connects] svc", Raise("client", "dep_lost")));

    [Fact]
    public void Alarms_that_only_hold_each_other_up_are_withdrawn() => Assert.Equal(
        ["2: +d WARNING on h (t1/0,t3/0); +d2 WARNING on h (t2/0)", "3: -d WARNING on h; -d2 WARNING on h"],
        Rig.Changes(
            Rig.Templates(
                Rule("t1", "nagios", "a", "d"), Rule("t2", "vitrage", "d", "d2"), Rule("t3", "vitrage", "d2", "d")),
            Rig.Host("h"), Rig.Alarm("a", "h"), Rig.Clear("a", "h")));

    [Fact]
    public void A_circle_of_services_recovers_when_its_outside_cause_goes()
    {
        var lines = Rig.Changes(
            Rig.Templates(Lost), Rig.Service("a"), Rig.Service("b"), Rig.Service("c"), Rig.Service("root"),
            Rig.Link("a", "connects", "b"), Rig.Link("b", "connects", "c"), Rig.Link("c", "connects", "a"),
            Rig.Link("a", "connects", "root"), Rig.Alarm("gone", "root", type: "service"),
            Rig.Clear("gone", "root", "service"));
        Assert.Equal(
            [
                "9: +dep_lost WARNING on a (lost/0,lost/1); +dep_lost WARNING on b (lost/1); +dep_lost WARNING "
                    + "on c (lost/1)",
                "10: -dep_lost WARNING on a; -dep_lost WARNING on b; -dep_lost WARNING on c",
            ],
            lines);
    }

    [Fact]
    public void A_circle_with_a_second_outside_cause_stays_and_tells_nothing() => Assert.Single(Rig.Changes(
        Rig.Templates(Lost), Rig.Service("a"), Rig.Service("b"), Rig.Service("r1"), Rig.Service("r2"),
        Rig.Link("a", "connects", "b"), Rig.Link("b", "connects", "a"), Rig.Link("a", "connects", "r1"),
        Rig.Link("b", "connects", "r2"), Rig.Alarm("gone", "r1", type: "service"),
        Rig.Alarm("gone", "r2", type: "service"), Rig.Clear("gone", "r1", "service")));

    [Fact]
    public void A_set_that_rests_on_its_own_absence_is_refused_with_the_cycle()
    {
        var template = Rig.V3(
            "flip", $"a: {{category: ALARM, type: nagios, name: a}}\nd: "
                + $"{{category: ALARM, type: vitrage, name: d}}\n{Host}",
            ("a [on] host AND NOT d [on] host", Raise("host", "d")));
        var (result, lines) = Rig.Run(Rig.Templates(template), [Rig.Host("h")]);
        Assert.Equal(2, result.ExitCode);
        Assert.Equal(
            "template 'flip': could oscillate, as it rests on its own absence: flip scenario 0 -> alarm 'd' -> "
                + "flip scenario 0",
            result.Error);
        Assert.Empty(lines);
    }

    [Fact]
    public void Every_template_of_a_cycle_is_named()
    {
        var templates = Rig.Templates(
            Rule("one", "vitrage", "d2", "d1"),
            Rig.V3("two", $"a: {{category: ALARM, type: nagios, name: a}}\nd: "
                + $"{{category: ALARM, type: vitrage, name: d1}}\n{Host}",
                ("a [on] host AND NOT d [on] host", Raise("host", "d2"))));
        var faults = OscillationCheck.With(Rig.Values)(templates);
        Assert.Equal(["one", "two"], faults.Select(fault => fault.Template).Order());
    }

    [Fact]
    public void A_state_that_outdoes_the_one_it_rests_on_is_refused() => Assert.Equal(
        ["t"],
        OscillationCheck.With(Rig.Values)(Rig.Templates(Rig.V3(
            "t", "host: {category: RESOURCE, type: nova.host, aggregated_state: SUBOPTIMAL}",
            ("host", "{set_state: {target: host, state: ERROR}}")))).Select(fault => fault.Template));

    [Theory]
    [InlineData("d: {category: ALARM, type: nagios, name: d}")]
    [InlineData("d: {category: ALARM, type: vitrage, name: other}")]
    public void A_negation_of_what_the_set_cannot_deduce_is_fine(string negated) => Assert.Empty(
        OscillationCheck.With(Rig.Values)(Rig.Templates(Rig.V3(
            "t", $"a: {{category: ALARM, type: nagios, name: a}}\n{negated}\n{Host}",
            ("a [on] host AND NOT d [on] host", Raise("host", "d"))))));

    [Fact]
    public void A_negation_over_deduced_alarms_sees_them_settled() => Assert.Equal(
        ["2: +d WARNING on h (one/0)", "3: +calm WARNING on h (two/0); -d WARNING on h"],
        Rig.Changes(
            Rig.Templates(
                Rig.V3("two", $"b: {{category: ALARM, type: nagios, name: b}}\nd: "
                    + $"{{category: ALARM, type: vitrage, name: d}}\n{Host}",
                    ("b [on] host AND NOT d [on] host", Raise("host", "calm"))),
                Rig.V3("one", $"a: {{category: ALARM, type: nagios, name: a}}\nb: "
                    + $"{{category: ALARM, type: nagios, name: b}}\n{Host}",
                    ("a [on] host AND NOT b [on] host", Raise("host", "d")))),
            Rig.Host("h"), Rig.Alarm("a", "h"), Rig.Alarm("b", "h")));

    private static string Rule(string name, string type, string on, string raises) => Rig.V3(
        name, $"x: {{category: ALARM, type: {type}, name: {on}}}\n{Host}", ("x [on] host", Raise("host", raises)));

    private static string Raise(string target, string name) =>
        $"{{raise_alarm: {{target: {target}, alarm_name: {name}, severity: WARNING}}}}";
}

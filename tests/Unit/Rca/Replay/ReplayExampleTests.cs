using System.Text.Json;
using Xunit;

namespace Ops.Unit.Rca.Replay;

/// <summary>The worked examples of the command-line page.</summary>
public sealed class ReplayExampleTests
{
    private const string SwitchDown = """
        metadata: {version: 3, name: tor_switch_down, type: standard}
        entities:
          sw_alarm: {category: ALARM, type: prometheus, name: SwitchDown}
          sw: {category: RESOURCE, type: switch}
          host: {category: RESOURCE, type: nova.host}
          vm: {category: RESOURCE, type: nova.instance}
        scenarios:
          - condition: sw_alarm [on] sw AND sw [attached] host
            actions:
              - set_state: {target: host, state: ERROR}
              - raise_alarm: {target: host, alarm_name: host unreachable, severity: CRITICAL, causing_alarm: sw_alarm}
          - condition: sw_alarm [on] sw AND sw [attached] host AND host [contains] vm
            actions:
              - raise_alarm: {target: vm, alarm_name: vm unreachable, severity: WARNING, causing_alarm: sw_alarm}
        """;

    private static readonly string[] SwitchLines =
    [
        """{"entity":{"type":"switch","id":"sw-1","state":"available"},"at":"2026-01-01T00:00:00Z"}""",
        """{"entity":{"type":"nova.host","id":"host-1","name":"host-1","state":"available"},"relations":"""
            + """[{"label":"attached","from":{"type":"switch","id":"sw-1"}}],"at":"2026-01-01T00:00:01Z"}""",
        Rig.Vm("vm-1", "host-1", "2026-01-01T00:00:02Z"),
        """{"alarm":{"type":"prometheus","name":"SwitchDown","severity":"CRITICAL","resource":"""
            + """{"type":"switch","id":"sw-1"}},"at":"2026-01-01T00:00:03Z"}""",
        Rig.Vm("vm-2", "host-1", "2026-01-01T00:00:04Z"),
        """{"alarm":{"type":"prometheus","name":"SwitchDown","severity":"OK","resource":"""
            + """{"type":"switch","id":"sw-1"}},"at":"2026-01-01T00:00:05Z"}""",
    ];

    [Fact]
    public void A_switch_that_fails_takes_what_hangs_on_it_with_it_and_gives_it_back() => Assert.Equal(
        [
            "4: +cause SwitchDown@sw-1>host unreachable@host-1; +cause SwitchDown@sw-1>vm unreachable@vm-1; "
                + "+host unreachable CRITICAL on host-1 (tor_switch_down/0); "
                + "+vm unreachable WARNING on vm-1 (tor_switch_down/1); host-1 is ERROR/ERROR",
            "5: +cause SwitchDown@sw-1>vm unreachable@vm-2; +vm unreachable WARNING on vm-2 (tor_switch_down/1)",
            "6: -cause SwitchDown@sw-1>host unreachable@host-1; -cause SwitchDown@sw-1>vm unreachable@vm-1; "
                + "-cause SwitchDown@sw-1>vm unreachable@vm-2; -host unreachable CRITICAL on host-1; "
                + "-vm unreachable WARNING on vm-1; -vm unreachable WARNING on vm-2; host-1 is AVAILABLE/OK",
        ],
        Rig.Changes(Rig.Templates(SwitchDown), SwitchLines));

    [Fact]
    public void The_last_line_tells_everything_live_and_begins_with_final()
    {
        var (_, lines) = Rig.Run(Rig.Templates(SwitchDown), SwitchLines[..4], final: true);
        Assert.StartsWith("{\"final\"", lines[^1], StringComparison.Ordinal);
        using var document = JsonDocument.Parse(lines[^1]);
        var final = document.RootElement.GetProperty("final");
        Assert.Equal(
            """[{"type":"prometheus","name":"SwitchDown","severity":"CRITICAL","resource":"""
                + """{"type":"switch","id":"sw-1"},"deduced":false,"because":[]}"""
                + """,{"type":"vitrage","name":"host unreachable","severity":"CRITICAL","resource":"""
                + """{"type":"nova.host","id":"host-1"},"deduced":true,"because":"""
                + """[{"template":"tor_switch_down","scenario":0}]}"""
                + """,{"type":"vitrage","name":"vm unreachable","severity":"WARNING","resource":"""
                + """{"type":"nova.instance","id":"vm-1"},"deduced":true,"because":"""
                + """[{"template":"tor_switch_down","scenario":1}]}]""",
            final.GetProperty("alarms").GetRawText());
        Assert.Equal(
            """[{"resource":{"type":"nova.host","id":"host-1"}"""
                + ""","state":"ERROR","operational":"ERROR","marked_down":false},{"resource":"""
                + """{"type":"nova.instance","id":"vm-1"}"""
                + ""","state":"ACTIVE","operational":"OK","marked_down":false},{"resource":"""
                + """{"type":"switch","id":"sw-1"},"state":"AVAILABLE","operational":"OK","marked_down":false}]""",
            final.GetProperty("states").GetRawText());
        Assert.Equal(2, final.GetProperty("causes").GetArrayLength());
        Assert.Equal(6, final.GetProperty("vertices").GetInt32());
        Assert.Equal(7, final.GetProperty("edges").GetInt32());
    }

    [Fact]
    public void Of_two_templates_that_deduce_the_same_the_worst_holds_and_falls_back()
    {
        var templates = Rig.Templates(
            Degraded("warn", "slow", "WARNING", "SUBOPTIMAL"), Degraded("crit", "dying", "CRITICAL", "ERROR"));
        Assert.Equal(
            [
                "2: +cause slow@h>degraded@h; +degraded WARNING on h (warn/0); h is SUBOPTIMAL/SUBOPTIMAL",
                "3: +cause dying@h>degraded@h; h is ERROR/ERROR; ~degraded on h WARNING>CRITICAL",
                "4: -cause slow@h>degraded@h",
                "5: -cause dying@h>degraded@h; -degraded CRITICAL on h; h is AVAILABLE/OK",
            ],
            Rig.Changes(
                templates, Rig.Host("h"), Rig.Alarm("slow", "h"), Rig.Alarm("dying", "h", "CRITICAL"),
                Rig.Clear("slow", "h"), Rig.Clear("dying", "h")));
        Assert.Equal(
            "4: -cause dying@h>degraded@h; h is SUBOPTIMAL/SUBOPTIMAL; ~degraded on h CRITICAL>WARNING",
            Rig.Changes(
                templates, Rig.Host("h"), Rig.Alarm("slow", "h"), Rig.Alarm("dying", "h", "CRITICAL"),
                Rig.Clear("dying", "h"))[^1]);
    }

    private static string Degraded(string name, string alarm, string severity, string state) => Rig.V3(
        name,
        $"a: {{category: ALARM, type: nagios, name: {alarm}}}\nhost: {{category: RESOURCE, type: nova.host}}",
        ("a [on] host",
            $"{{raise_alarm: {{target: host, alarm_name: degraded, severity: {severity}, causing_alarm: a}}}}, "
            + $"{{set_state: {{target: host, state: {state}}}}}"));
}

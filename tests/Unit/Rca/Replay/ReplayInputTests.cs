using CsCheck;
using Ops.Rca.Replay;
using Xunit;

namespace Ops.Unit.Rca.Replay;

public sealed class ReplayInputTests
{
    private static readonly string Outage = Rig.V3(
        "outage", "a: {category: ALARM, name: down}\nhost: {category: RESOURCE, type: nova.host}",
        ("a [on] host", "{raise_alarm: {target: host, alarm_name: outage, severity: critical}}"));

    [Theory]
    [InlineData("{\"entity\":{\"type\":\"x\"}}", "line 2: 'entity' needs 'id'")]
    [InlineData("{\"entity\":{\"id\":\"x\"}}", "line 2: 'entity' needs 'type'")]
    [InlineData("{\"entity\":{\"type\":\"x\",\"id\":3}}", "line 2: 'id' must be text, found '3'")]
    [InlineData("{\"entity\":[]}", "line 2: 'entity' must be an object, found a list")]
    [InlineData("{\"entity\":{\"category\":\"THING\",\"type\":\"x\",\"id\":\"y\"}}", "line 2: 'category' of "
        + "'entity' must be one of RESOURCE, ALARM, found 'THING'")]
    [InlineData("{\"alarm\":{\"type\":\"x\",\"name\":\"y\",\"severity\":\"OK\"}}", "line 2: 'alarm' needs 'resource'")]
    [InlineData("{\"alarm\":{\"type\":\"x\",\"name\":\"y\",\"resource\":{\"type\":\"t\","
        + "\"id\":\"i\"}}}", "line 2: 'alarm' needs 'severity'")]
    [InlineData("{\"relation\":{\"label\":\"on\",\"from\":{\"type\":\"t\",\"id\":\"i\"}}}", "line 2: "
        + "'relation' needs 'to'")]
    [InlineData("{\"delete\":{\"typ\":\"t\",\"id\":\"i\"}}", "line 2: unknown key 'typ' in 'delete'; allowed: "
        + "category, type, id, name, resource")]
    [InlineData("{\"entiti\":{}}", "line 2: unknown key 'entiti'; allowed: entity, alarm, relation, delete, "
        + "unrelate, relations, template_add, template_delete, advance, mark, at. Did you mean 'entity'?")]
    [InlineData("{}", "line 2: says none of entity, alarm, relation, delete, unrelate, template_add, "
        + "template_delete, advance, mark")]
    [InlineData("{\"mark\":\"a\",\"advance\":\"5m\"}", "line 2: says two things at once: mark and advance")]
    [InlineData("{\"mark\":\"a\",\"at\":\"soon\"}", "line 2: 'at' must be an ISO 8601 time, found 'soon'")]
    [InlineData("{\"advance\":\"soon\"}", "line 2: 'advance' must be a duration such as 10s, 5m or 1h30m, "
        + "found 'soon'")]
    [InlineData("[1]", "line 2: must be a JSON object, found a list")]
    [InlineData("nonsense", "line 2: not valid JSON at byte 1")]
    [InlineData("{\"mark\":\"a\"", "line 2: not valid JSON at byte 11")]
    [InlineData("{\"mark\":\"\\ud800\"}", "line 2: holds text that is not Unicode, such as half of a surrogate pair")]
    [InlineData(
        "{\"delete\":{\"category\":\"THING\",\"type\":\"x\",\"id\":\"y\"}}",
        "line 2: 'category' of 'delete' must be one of RESOURCE, ALARM, found 'THING'")]
    [InlineData("{\"alarm\":{\"type\":\"x\",\"severity\":5}}", "line 2: 'severity' must be text, found '5'")]
    public void A_faulty_line_ends_with_2_and_is_named(string line, string message)
    {
        var (result, output) = Rig.Run([], ["""{"mark":"before"}""", line, """{"mark":"after"}"""]);
        Assert.Equal(2, result.ExitCode);
        Assert.Equal(message, result.Error);
        Assert.Equal(["""{"seq":1,"mark":"before"}"""], output);
    }

    [Fact]
    public void Random_damage_to_a_line_never_throws() => Gen.Select(Gen.Int[0, 100], Gen.Char, Gen.Int[0, 3]).Sample(
        (at, letter, which) =>
        {
            string[] lines = [Rig.Vm("v", "h"), Rig.Alarm("a", "h"), Rig.Link("a", "on", "b"), Rig.Service("s")];
            var line = lines[which];
            at = Math.Min(at, line.Length - 1);
            var damaged = line[..at] + letter + line[(at + 1)..];
            Assert.Contains(Rig.Run([], [damaged.ReplaceLineEndings(" ")]).Result.ExitCode, (int[])[0, 2]);
        },
        iter: 500, threads: 1);

    [Fact]
    public void A_byte_order_mark_before_the_first_line_is_no_fault() =>
        Assert.Equal(["""{"seq":1,"mark":"a"}"""], Rig.Run([], ["\uFEFF{\"mark\":\"a\"}"]).Lines);

    [Fact]
    public void Blank_lines_count_but_say_nothing() => Assert.Equal(
        ["""{"seq":3,"mark":"ü \" text"}"""], Rig.Run([], ["", "  ", """{"mark":"ü \" text"}"""]).Lines);

    [Fact]
    public void Severities_are_told_in_upper_case() => Assert.Equal(
        ["2: +outage CRITICAL on h (outage/0)"],
        Rig.Changes(Rig.Templates(Outage), Rig.Host("h"), Rig.Alarm("down", "h")));

    [Fact]
    public void A_template_may_come_and_go_while_the_replay_runs()
    {
        var extra = Rig.Templates(Outage);
        var (result, lines) = Rig.Run(
            [], [Rig.Host("h"), Rig.Alarm("down", "h"), """{"template_add":"outage.yaml"}""",
                """{"template_add":"outage.yaml"}""", """{"template_delete":"outag"}""",
                """{"template_delete":"outage"}""",
                """{"template_add":"none.yaml"}"""],
            files: file => file == "outage.yaml"
                ? new TemplateFile(extra, null)
                : new TemplateFile([], $"{file}: cannot be read"));
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(
            [
                """{"seq":3,"changes":[{"do":"raise_alarm","name":"outage","severity":"CRITICAL","resource":"""
                    + """{"type":"nova.host","id":"h"},"because":[{"template":"outage","scenario":0}]}]}""",
                """{"seq":4,"error":"template 'outage': another template in force has the same name"}""",
                """{"seq":5,"error":"no template in force is named 'outag'. Did you mean 'outage'?"}""",
                """{"seq":6,"changes":[{"do":"clear_alarm","name":"outage","severity":"CRITICAL","resource":"""
                    + """{"type":"nova.host","id":"h"}}]}""",
                """{"seq":7,"error":"none.yaml: cannot be read"}""",
            ],
            lines);
    }

    [Fact]
    public void Deleting_a_template_leaves_those_whose_names_only_begin_alike()
    {
        var templates = Rig.Templates(Outage.Replace("name: outage", "name: abc").Replace("alarm_name: "
            + "outage", "alarm_name: one"),
            Outage.Replace("name: outage", "name: abcd").Replace("alarm_name: outage", "alarm_name: two"));
        Assert.Equal(
            "3: -abc CRITICAL on h",
            Rig.Changes(templates, Rig.Host("h"), Rig.Alarm("down", "h"), """{"template_delete":"abc"}""")[^1]
                .Replace("-one", "-abc"));
    }

    [Fact]
    public void Statistics_are_of_the_events_after_the_last_mark()
    {
        var replay = new RcaReplay(new RcaReplayOptions
        {
            StateValues = Rig.Values, Stats = true, ReadTemplate = _ => new TemplateFile([], null),
            Templates = Rig.Templates(Outage),
        });
        var input = string.Join(
            '\n', Rig.Host("h"), """{"mark":"events"}""", Rig.Alarm("down", "h"), Rig.Clear("down", "h"));
        var result = replay.Run(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(input)), Stream.Null);
        Assert.Equal((2L, 2L), (result.Stats!.Events, result.Stats.Matches));
        Assert.True(result.Stats.BytesPerVertex > 0);
    }
}

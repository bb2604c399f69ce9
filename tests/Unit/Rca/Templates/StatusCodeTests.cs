using Ops.Rca.Templates;
using Xunit;

namespace Ops.Unit.Rca.Templates;

/// <summary>Every status code, by one change to a right template.</summary>
/// <remarks>
/// Codes: Vitrage 9.0, run on the same texts. Where it raises an error instead of answering (10000, 100, an empty file,
/// a list), the code that its source means.
/// </remarks>
public sealed class StatusCodeTests
{
    [Fact]
    public void A_right_template_of_each_version_has_code_0()
    {
        Assert.Equal(0, Code(TemplateFiles.V3));
        Assert.Equal(0, Code(TemplateFiles.V2, TemplateFiles.Definitions));
        Assert.Equal(0, Code(TemplateFiles.V1));
        Assert.Equal(0, Code(TemplateFiles.Definitions));
    }

    [Theory]
    [InlineData("name: full disk, ", "", 60)]
    [InlineData("version: 3", "version: 4", 63)]
    [InlineData(", type: standard, d", ", d", 64)]
    [InlineData("type: standard", "type: other", 64)]
    [InlineData("type: standard", "kind: standard", 4)]
    [InlineData("metadata:", "meta:", 62)]
    [InlineData("entities:", "entitys:", 4)]
    [InlineData("scenarios:", "scenes:", 4)]
    [InlineData("type: nova.host", "type: [nova.host]", 4)]
    [InlineData("\"^disk .* full\"", "\"*disk\"", 47)]
    [InlineData("condition: alarm [on] host AND NOT", "text: alarm [on] host AND NOT", 4)]
    [InlineData("AND NOT pause [on] host", "AND NOT pause", 86)]
    [InlineData("AND NOT pause [on] host", "AND pause on host", 10200)]
    [InlineData("AND NOT pause [on] host", "AND (pause [on] host", 85)]
    [InlineData("alarm [on] host AND NOT pause [on] host", "NOT pause [on] host", 134)]
    [InlineData("host AND NOT pause [on] host", "host OR vm", 135)]
    [InlineData("AND NOT pause [on] host", "AND NOT paus [on] host", 10200)]
    [InlineData("mark_down: {target: host}", "mark_down: {}", 10100)]
    [InlineData("mark_down: {target: host}", "mark_down: {target: hst}", 10101)]
    [InlineData("mark_down: {target: host}", "markdown: {target: host}", 4)]
    [InlineData("{source: alarm, target: pause}", "{target: pause}", 10102)]
    [InlineData("{source: alarm, target: pause}", "{source: alrm, target: pause}", 10103)]
    [InlineData("alarm_name: slow, ", "", 10104)]
    [InlineData("severity: WARNING, ", "", 126)]
    [InlineData("state: ERROR", "stat: ERROR", 4)]
    [InlineData(", state: ERROR", "", 128)]
    [InlineData("workflow: clean, ", "", 10105)]
    [InlineData("causing_alarm: alarm", "causing_alarm: vms", 10107)]
    [InlineData("get_attr(host, name)", "get_attr(host, name", 138)]
    [InlineData("get_param(kind)", "get_param(king)", 161)]
    [InlineData("get_param(kind)", "get_param()", 162)]
    [InlineData("{default: zabbix}", "", 163)]
    [InlineData("parameters: {kind: {default: zabbix}}", "", 161)]
    public void A_broken_version_3_template_has_its_code(string right, string wrong, int code) =>
        Assert.Equal(code, Code(Changed(TemplateFiles.V3, right, wrong)));

    [Theory]
    [InlineData("entities:\n  alarm", "other:\n  alarm", 4)]
    public void A_misspelt_section_counts_as_the_stray_key_it_is(string right, string wrong, int code) =>
        Assert.Equal(code, Code(Changed(TemplateFiles.V3, right, wrong)));

    [Theory]
    [InlineData("metadata: {version: 3, name: n, type: standard}\nscenarios: []", 10000)]
    [InlineData("metadata: {version: 3, name: n, type: standard}\nentities: {}", 80)]
    [InlineData("metadata: {version: 3, name: n, type: standard}\nentities: {}\nscenarios: [{actions: []}]", 83)]
    [InlineData("metadata: {version: 3, name: n, type: standard}\nentities: {a: {}}\nscenarios: [{condition: a}]", 84)]
    [InlineData("metadata: {version: 2, name: n, type: standard}\nscenarios: []", 21)]
    [InlineData("metadata: {version: 2, name: n, type: standard}\ndefinitions: {}", 80)]
    [InlineData("metadata: {version: 2, name: n, type: standard}\ndefinitions: {}\nscenarios: []", 20)]
    [InlineData("metadata: {name: n}\ndefinitions: {entities: []}\nscenarios: []", 43)]
    [InlineData("definitions: {}", 62)]
    [InlineData("", 62)]
    [InlineData("a: b: c", 5)]
    [InlineData("[a, list]", 4)]
    public void A_template_without_its_sections_has_their_code(string text, int code) => Assert.Equal(code, Code(text));

    [Theory]
    [InlineData("template_id: pause}", "template_id: 9pause}", 1)]
    [InlineData("template_id: pause}", "template_id: alarm}", 2)]
    [InlineData("template_id: pause}", "template_id: host}", 2)]
    [InlineData("template_id: pause_on_host", "template_id: alarm_on_host", 2)]
    [InlineData("source: pause", "source: paus", 3)]
    [InlineData("and not pause_on_host", "and not_pause_on_host", 3)]
    [InlineData("and not pause_on_host", "AND not pause_on_host", 3)]
    [InlineData("{target: host}", "{target: hst}", 3)]
    [InlineData("full\", template_id: alarm}", "full\"}", 41)]
    [InlineData("category: ALARM, type: doctor", "type: doctor", 42)]
    [InlineData("category: ALARM, type: doctor", "category: ALRM, type: doctor", 45)]
    [InlineData("entity: {category: ALARM, type: doctor", "entty: {category: ALARM, type: doctor", 4)]
    [InlineData("\"^disk .* full\"", "\"(disk\"", 47)]
    [InlineData("name: full disk, ", "", 60)]
    [InlineData("version: 2", "version: 2.0", 63)]
    [InlineData(", type: standard", "", 64)]
    [InlineData("type: standard", "type: usual", 65)]
    [InlineData("condition: alarm_on_host and", "when: alarm_on_host and", 4)]
    [InlineData("and not pause_on_host", "and (pause_on_host", 85)]
    [InlineData("and not pause_on_host", "and not pause", 86)]
    [InlineData("alarm_on_host and not pause_on_host", "not pause_on_host", 134)]
    [InlineData("and not pause_on_host", "or vm", 135)]
    [InlineData("source: pause, ", "", 102)]
    [InlineData("source: pause, target: host", "source: pause", 103)]
    [InlineData("relationship_type: on, template_id: pause_on_host", "template_id: pause_on_host", 100)]
    [InlineData("relationship_type: on, template_id: pause_on_host", "relationship_type: on", 104)]
    [InlineData("action_type: mark_down", "action_type: mark_up", 120)]
    [InlineData("action_type: mark_down, ", "", 123)]
    [InlineData("action_type: mark_down, action_target: {target: host}", "action_type: mark_down", 124)]
    [InlineData("alarm_name: slow, ", "", 125)]
    [InlineData(", severity: WARNING", "", 126)]
    [InlineData("severity: WARNING}, action_target: {target: vm}", "severity: WARNING}, action_target: {}", 127)]
    [InlineData("{state: ERROR}", "{status: ERROR}", 128)]
    [InlineData("{state: ERROR}, action_target: {target: vm}", "{state: ERROR}, action_target: {}", 129)]
    [InlineData("{source: alarm, target: pause}", "{source: alarm}", 130)]
    [InlineData("mark_down, action_target: {target: host}", "mark_down, action_target: {}", 131)]
    [InlineData("{source: alarm, target: pause}", "{source: host, target: pause}", 132)]
    [InlineData("{source: alarm, target: pause}", "{source: alarm_on_host, target: pause}", 132)]
    [InlineData("workflow: clean, ", "", 133)]
    [InlineData("input: {host: \"get_attr(host, name)\"}", "host: h1", 136)]
    [InlineData("get_attr(host, name)", "get_attr(host, name", 0)]
    [InlineData("includes: [{name: shared}]", "includes: []", 140)]
    [InlineData("includes: [{name: shared}]", "includes: [{}]", 141)]
    [InlineData("includes: [{name: shared}]", "includes: [{name: shred}]", 142)]
    [InlineData("get_param(kind)", "get_param(king)", 161)]
    [InlineData("get_param(kind)", "get_param(kind)s", 162)]
    [InlineData("{default: zabbix}", "{default: ''}", 163)]
    public void A_broken_version_2_template_has_its_code(string right, string wrong, int code) =>
        Assert.Equal(code, Code(Changed(TemplateFiles.V2, right, wrong), TemplateFiles.Definitions));

    [Theory]
    [InlineData("host: h1", "host: get_attr(host)", 137)]
    [InlineData("type: zabbix", "type: get_param(kind)", 160)]
    [InlineData("name: full disk", "name: full disk, type: standard", 0)]
    [InlineData("name: full disk", "name: full disk, type: usual", 0)]
    [InlineData("name: full disk", "name: full disk, version: ''", 0)]
    [InlineData("- scenario:\n      condition", "- scene:\n      condition", 4)]
    public void A_version_1_template_has_its_code(string right, string wrong, int code) =>
        Assert.Equal(code, Code(Changed(TemplateFiles.V1, right, wrong)));

    [Theory]
    [InlineData("entities: [{}]", 46)]
    [InlineData("entities: [{entity: {category: ALARM, template_id: a}}], relationships: [{}]", 101)]
    public void An_item_without_its_wrapper_has_its_code(string definitions, int code) => Assert.Equal(
        code,
        Code($"metadata: {{name: n}}\ndefinitions: {{{definitions}}}\nscenarios: []"));

    [Theory]
    [InlineData("[]", 81)]
    [InlineData("[{}]", 82)]
    [InlineData("[{scenario: {actions: []}}]", 83)]
    [InlineData("[{scenario: {condition: a}}]", 84)]
    [InlineData("[{scenario: {condition: a, actions: []}}]", 121)]
    [InlineData("[{scenario: {condition: a, actions: [{}]}}]", 122)]
    public void A_list_of_scenarios_has_its_code(string scenarios, int code) => Assert.Equal(
        code,
        Code("metadata: {name: n}\ndefinitions: {entities: [{entity: {category: ALARM, template_id: a}}]}\n"
            + "scenarios: " + scenarios));

    [Theory]
    [InlineData("scenarios: []", 143)]
    [InlineData("includes: []", 143)]
    [InlineData("other: []", 4)]
    public void A_definition_template_has_no_more_than_definitions(string extra, int code) =>
        Assert.Equal(code, Code(TemplateFiles.Definitions + "\n" + extra));

    private static string Changed(string text, string right, string wrong)
    {
        Assert.Contains(right, text);
        var at = text.IndexOf(right, StringComparison.Ordinal);
        return text[..at] + wrong + text[(at + right.Length)..];
    }

    private static int Code(params string[] texts) => TemplateFiles.Read(texts).Files[0].Code;
}

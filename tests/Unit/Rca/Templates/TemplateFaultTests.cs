using System.Text.Json;
using Ops.Rca.Templates;
using Xunit;

namespace Ops.Unit.Rca.Templates;

public sealed class TemplateFaultTests
{
    [Theory]
    [InlineData(
        "mark_down: {target: host}", "mark_down: {target: hst}",
        "10101 12:29 'target' of mark_down is 'hst', which entities do not declare. Did you mean 'host'?")]
    [InlineData(
        "mark_down:", "mark_dwn:",
        "4 12:9 unknown action 'mark_dwn'; allowed: set_state, raise_alarm, add_causal_relationship, "
        + "mark_down, execute_mistral. Did you mean 'mark_down'?")]
    [InlineData(
        "state: ERROR", "stat: ERROR",
        "4 16:33 unknown key 'stat' in set_state; allowed: state, target. Did you mean 'state'?")]
    [InlineData(
        "\"^disk .* full\"", "\"*\"",
        "47 4:63 'name.regex' is not a usable regular expression: nothing to repeat, found '*'")]
    [InlineData(
        "get_param(kind)", "get_param(kin)",
        "161 4:34 parameter 'kin' is not declared; declared: kind. Did you mean 'kind'?")]
    [InlineData("version: 3", "version: 5", "63 1:21 'version' of metadata must be one of 1, 2, 3, found '5'")]
    [InlineData(
        "type: standard", "type: standart",
        "64 1:47 'type' of metadata must be one of standard, definition, equivalence, found 'standart'. Did "
        + "you mean 'standard'?")]
    [InlineData("state: ERROR", "state: [ERROR]", "4 16:40 'state' of set_state must be text, found a list")]
    public void A_fault_says_where_what_and_what_was_meant(string right, string wrong, string expected) =>
        Assert.Equal(expected, TemplateFiles.First(TemplateFiles.V3.Replace(right, wrong)));

    [Fact]
    public void All_faults_of_a_file_are_told_at_once()
    {
        var text = TemplateFiles.V3
            .Replace("name: full disk, ", "")
            .Replace("mark_down: {target: host}", "mark_down: {}")
            .Replace("AND host [contains] vm", "AND host [contains] vn")
            .Replace("^disk", "(disk");

        Assert.Equal(
            [60, 10100, 47, 10200],
            TemplateFiles.Read(text).Files[0].Errors.Select(error => error.Code));
    }

    [Fact]
    public void The_code_is_that_of_the_first_fault_in_order_of_the_checks()
    {
        var text = TemplateFiles.V3.Replace("^disk", "(disk").Replace("mark_down: {target: host}", "mark_down: {}");

        Assert.Equal(10100, TemplateFiles.Read(text).Files[0].Code);
    }

    [Fact]
    public void The_result_is_one_line_of_json()
    {
        var text = TemplateFiles.V3.Replace("{target: host}", "{target: \"h\\n✓\"}");

        var line = TemplateFiles.Read(text).Files[0].ToJsonLine();

        Assert.DoesNotContain('\n', line);
        var json = JsonDocument.Parse(line).RootElement;
        Assert.Equal(
            ["file", "status", "code", "message", "line", "column", "errors"],
            json.EnumerateObject().Select(member => member.Name));
        Assert.Equal("validation failed", json.GetProperty("status").GetString());
        Assert.Equal(10101, json.GetProperty("code").GetInt32());
        Assert.Equal(12, json.GetProperty("errors")[0].GetProperty("line").GetInt32());
    }

    [Fact]
    public void A_right_template_says_so_in_one_line() => Assert.Equal(
        """{"file":"t0.yaml","status":"validation OK","code":0,"message":"Template validation is OK","""
        + "\"line\":0,\"column\":0,\"errors\":[]}",
        TemplateFiles.Read(TemplateFiles.V3).Files[0].ToJsonLine());

    [Fact]
    public void What_is_not_yaml_is_code_5_at_its_place()
    {
        var result = TemplateFiles.Read("metadata:\n  a: b: c\n").Files[0];

        Assert.Equal((5, 2), (result.Code, result.Line));
        Assert.StartsWith("not valid YAML", result.Message);
    }

    [Fact]
    public void Faults_without_number_are_cut_off()
    {
        var text = TemplateFiles.WithCondition("b") + string.Concat(Enumerable.Repeat("\n  - {}", 2000));

        Assert.Equal(TemplateLimits.FaultsMax, TemplateFiles.Read(text).Files[0].Errors.Length);
    }
}

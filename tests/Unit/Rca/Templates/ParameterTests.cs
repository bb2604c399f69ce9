using Ops.Rca.Templates;
using Xunit;

namespace Ops.Unit.Rca.Templates;

public sealed class ParameterTests
{
    [Fact]
    public void A_default_fills_in() => Assert.Equal("zabbix", TypeOfAlarm([]));

    [Fact]
    public void A_given_value_wins_over_the_default() =>
        Assert.Equal("nagios", TypeOfAlarm(new() { ["kind"] = "nagios" }));

    [Fact]
    public void An_empty_value_counts_as_none() => Assert.Equal("zabbix", TypeOfAlarm(new() { ["kind"] = "" }));

    [Fact]
    public void The_name_may_be_a_parameter()
    {
        var text = TemplateFiles.V3.Replace("name: full disk", "name: get_param(kind)");

        Assert.Equal("zabbix", TemplateFiles.One(text).Name);
    }

    [Fact]
    public void A_parameter_without_value_and_default_is_refused() => Assert.Equal(
        "163 4:34 parameter 'kind' has neither a value nor a default",
        TemplateFiles.First(TemplateFiles.V3.Replace("{default: zabbix}", "")));

    [Fact]
    public void A_template_is_judged_again_with_its_parameters()
    {
        var text = TemplateFiles.V3.Replace("name.regex: \"^disk .* full\"", "name.regex: get_param(kind)");

        var result = TemplateFiles.Read(new() { ["kind"] = "(" }, [text]).Files[0];

        Assert.Equal(47, result.Code);
        Assert.Equal("'name.regex' is not a usable regular expression: missing ), found '('", result.Message);
    }

    [Fact]
    public void A_call_within_a_longer_text_stays()
    {
        var text = TemplateFiles.V3.Replace("type: get_param(kind)", "type: a get_param(kind)");

        Assert.Contains(
            TemplateFiles.One(text).Scenarios[0].Clauses[0].Entities[0].Predicates,
            predicate => predicate.Value == "a get_param(kind)");
    }

    [Theory]
    [InlineData("get_param()", "162 4:34 'get_param()' is malformed; a parameter is the whole text get_param(name)")]
    [InlineData(
        "get_param(kind) s",
        "162 4:34 'get_param(kind) s' is malformed; a parameter is the whole text get_param(name)")]
    [InlineData(
        "get_param( kind )",
        "161 4:34 parameter ' kind ' is not declared; declared: kind. Did you mean 'kind'?")]
    public void A_malformed_call_is_refused(string call, string expected) =>
        Assert.Equal(expected, TemplateFiles.First(TemplateFiles.V3.Replace("get_param(kind)", call)));

    [Fact]
    public void A_parameter_needs_a_section_that_declares_it() => Assert.Equal(
        "161 3:34 'get_param(kind)' needs a 'parameters' section that declares it",
        TemplateFiles.First(TemplateFiles.V3.Replace("parameters: {kind: {default: zabbix}}\n", "")));

    [Fact]
    public void Version_1_has_no_parameters() => Assert.Equal(
        "160 4:39 'get_param(x)': parameters need version 2 or 3 of the template",
        TemplateFiles.First(TemplateFiles.V1.Replace("zabbix", "get_param(x)")));

    private static string TypeOfAlarm(Dictionary<string, string> parameters)
    {
        var set = TemplateFiles.Read(parameters, [TemplateFiles.V3]);
        Assert.True(set.IsOk);
        return set.Templates[0].Scenarios[0].Clauses[0].Entities[0].Predicates
            .First(predicate => predicate.Property == "vitrage_type").Value;
    }
}

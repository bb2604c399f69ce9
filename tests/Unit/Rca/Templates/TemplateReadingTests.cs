using Ops.Model;
using Ops.Rca.Templates;
using Xunit;

namespace Ops.Unit.Rca.Templates;

public sealed class TemplateReadingTests
{
    [Fact]
    public void Version_3_is_read_whole()
    {
        var template = TemplateFiles.One(TemplateFiles.V3);

        Assert.Equal(
            ("full disk", "3", "what a full disk does", "t0.yaml"),
            (template.Name, template.Version, template.Description, template.File));
        Assert.Equal([0, 1], template.Scenarios.Select(scenario => scenario.Index));
        Assert.Equal("alarm [on] host AND host [contains] vm", template.Scenarios[1].Condition);
        Assert.Equal(
            [
                new RaiseAlarm("vm", "slow", "WARNING", "alarm"),
                new SetState("vm", "ERROR"),
                new AddCause("alarm", "pause"),
            ],
            template.Scenarios[1].Actions);
        Assert.Equal(new MarkDown("host"), template.Scenarios[0].Actions[1]);
    }

    [Fact]
    public void Version_2_is_read_as_version_3_is()
    {
        var template = TemplateFiles.One(TemplateFiles.V2, TemplateFiles.Definitions);

        Assert.Equal("2", template.Version);
        Assert.Equal(
            [
                new RaiseAlarm("vm", "slow", "WARNING", null),
                new SetState("vm", "ERROR"),
                new AddCause("alarm", "pause"),
            ],
            template.Scenarios[1].Actions);
        Assert.Equal(
            ["alarm on host & host contains vm", "pause on host & host contains vm"],
            template.Scenarios[1].Clauses.Select(TemplateFiles.Show));
    }

    [Fact]
    public void Version_1_puts_all_other_properties_into_the_input()
    {
        var workflow = Assert.IsType<RunWorkflow>(TemplateFiles.One(TemplateFiles.V1).Scenarios[0].Actions[0]);

        Assert.Equal("clean", workflow.Workflow.Literal);
        Assert.Equal([KeyValuePair.Create("host", new ActionText("h1"))], workflow.Input);
        Assert.Null(workflow.Target);
    }

    [Fact]
    public void Version_1_input_that_is_no_text_is_handed_on_as_json()
    {
        var text = TemplateFiles.V1.Replace("host: h1", "host: {a: [x, {}], b: 'q\"'}");

        var workflow = Assert.IsType<RunWorkflow>(TemplateFiles.One(text).Scenarios[0].Actions[0]);

        Assert.Equal("""{"a":["x",{}],"b":"q\u0022"}""", workflow.Input[0].Value.Literal);
    }

    [Fact]
    public void An_attribute_is_read_from_the_match()
    {
        var workflow = Assert.IsType<RunWorkflow>(TemplateFiles.One(TemplateFiles.V3).Scenarios[0].Actions[0]);

        Assert.Equal(new ActionText(null, "host", "name"), workflow.Input[0].Value);
    }

    [Theory]
    [InlineData(
        "get_attr(host, name) bla",
        "'get_attr(host, name) bla' is taken literally; a function is the whole text get_attr(entity, attribute)")]
    [InlineData(
        "get_attr(hst, name)",
        "'get_attr(hst, name)' reads entity 'hst', which is not declared; it will give nothing. Did you mean 'host'?")]
    public void An_odd_function_is_a_warning(string call, string warning)
    {
        var text = TemplateFiles.V3.Replace("get_attr(host, name)", call).Replace("target: pause", "target: alarm");

        var result = TemplateFiles.Read(text).Files[0];

        Assert.True(result.IsOk);
        Assert.Equal([warning], result.Warnings.Select(fault => fault.Message));
    }

    [Fact]
    public void An_action_on_what_not_every_alternative_binds_is_a_warning()
    {
        var text = TemplateFiles.WithCondition("b OR b [to] d").Replace("target: b", "target: d");

        Assert.Equal(
            "t0.yaml:8:16: an action of scenario 0 names 'd', which not every alternative of condition 'b OR b [to] d' "
            + "binds; a match without it does not do that action",
            TemplateFiles.Read(text).Files[0].Warnings[0].ToString());
    }

    [Theory]
    [InlineData("category", "vitrage_category")]
    [InlineData("type", "vitrage_type")]
    [InlineData("resource_id", "vitrage_resource_id")]
    [InlineData("sample_timestamp", "vitrage_sample_timestamp")]
    [InlineData("is_deleted", "vitrage_is_deleted")]
    [InlineData("is_placeholder", "vitrage_is_placeholder")]
    [InlineData("aggregated_state", "vitrage_aggregated_state")]
    [InlineData("operational_state", "vitrage_operational_state")]
    [InlineData("aggregated_severity", "vitrage_aggregated_severity")]
    [InlineData("operational_severity", "vitrage_operational_severity")]
    [InlineData("name", "name")]
    [InlineData("rawtext", "rawtext")]
    public void Short_names_of_properties_are_made_full(string name, string full)
    {
        var text = TemplateFiles.WithCondition("b")
            .Replace("category: RESOURCE, type: b", $"{name}: b1, {name}.regex: 'b.'");

        var predicates = TemplateFiles.One(text).Scenarios[0].Clauses[0].Entities[0].Predicates;

        Assert.Contains(new PropertyPredicate(full, PredicateKind.Equal, "b1"), predicates);
        Assert.Contains(new PropertyPredicate(full, PredicateKind.Regex, "b."), predicates);
    }

    [Fact]
    public void Every_scalar_is_text()
    {
        var text = TemplateFiles.WithCondition("b").Replace("type: b", "vcpus: 4, up: true, gone: ");

        Assert.Equal(
            ["RESOURCE", "4", "true", ""],
            TemplateFiles.One(text).Scenarios[0].Clauses[0].Entities[0].Predicates
                .Select(predicate => predicate.Value));
    }

    [Fact]
    public void Ten_thousand_scenarios_are_read()
    {
        var text = TemplateFiles.WithCondition("a [on] b") + string.Concat(Enumerable.Repeat(
            "\n  - {condition: 'a [on] b', actions: [{set_state: {target: b, state: ERROR}}]}", 9_999));

        Assert.Equal(10_000, TemplateFiles.One(text).Scenarios.Length);
    }

    [Fact]
    public void Too_many_scenarios_are_refused()
    {
        var text = TemplateFiles.WithCondition("a [on] b") + string.Concat(Enumerable.Repeat("\n  - x", 20_000));

        Assert.Equal("4 8:3 'scenarios' of template has 20001 items, 20000 are allowed", TemplateFiles.First(text));
    }

    [Fact]
    public void Aliases_that_multiply_are_refused()
    {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + string.Concat(Enumerable.Range(1, 9).Select(i =>
            $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n"));

        Assert.Equal("5 6:45 has more than 1000000 nodes, aliases counted", TemplateFiles.First(text));
    }

    [Fact]
    public void Nodes_that_multiply_are_refused_whatever_they_were_read_from()
    {
        var node = ConfigNode.Scalar("x", isQuoted: false, "t.yaml", 1, 1);
        for (var level = 0; level < 9; level++)
        {
            node = ConfigNode.Sequence([.. Enumerable.Repeat(node, 10)], "t.yaml", 1, 1);
        }

        var root = ConfigNode.Mapping([new ConfigMember("metadata", 1, 1, node)], "t.yaml", 1, 1);
        var result = TemplateSetReader.Read([new TemplateDocument("t.yaml", root, [])], null).Files[0];
        Assert.Equal(
            "4 the template has more than 1000000 nodes, aliases counted", $"{result.Code} {result.Message}");
    }
}

using Ops.Rca.Templates;
using Xunit;

namespace Ops.Unit.Rca.Templates;

public sealed class TemplateSetTests
{
    [Fact]
    public void Only_right_standard_templates_are_in_the_set()
    {
        var set = TemplateFiles.Read(
            TemplateFiles.V2, TemplateFiles.Definitions, "x", TemplateFiles.WithCondition("b"));

        Assert.Equal(["full disk", "n"], set.Templates.Select(template => template.Name));
        Assert.Equal([true, true, false, true], set.Files.Select(file => file.IsOk));
        Assert.Equal(
            ["t2.yaml:1:1: a template must be a mapping, found 'x'"], set.Faults.Select(fault => fault.ToString()));
        Assert.False(set.IsOk);
    }

    [Fact]
    public void A_definition_template_without_type_serves_when_it_is_included()
    {
        var untyped = TemplateFiles.Definitions.Replace(", type: definition", "").Replace("version: 2, ", "");

        Assert.True(TemplateFiles.Read(TemplateFiles.V2, untyped).IsOk);
        Assert.Equal(80, TemplateFiles.Read(untyped).Files[0].Code);
    }

    [Fact]
    public void A_broken_definition_template_cannot_be_included()
    {
        var broken = TemplateFiles.Definitions.Replace("target: vm", "target: vn");

        Assert.Equal([142, 3], TemplateFiles.Read(TemplateFiles.V2, broken).Files.Select(file => file.Code));
    }

    [Fact]
    public void A_missing_include_names_the_nearest() => Assert.Equal(
        "142 3:19 included template 'sharde' is not among the definition templates. Did you mean 'shared'?",
        TemplateFiles.First(TemplateFiles.V2.Replace("{name: shared}", "{name: sharde}"), TemplateFiles.Definitions));

    [Fact]
    public void An_included_entity_may_not_be_defined_again() => Assert.Equal(
        "2 3:19 included template 'shared' defines template_id 'vm' again",
        TemplateFiles.First(
            TemplateFiles.V2.Replace("template_id: pause}", "template_id: vm}"), TemplateFiles.Definitions));

    [Fact]
    public void An_own_relationship_wins_over_an_included_one()
    {
        var text = TemplateFiles.V2.Replace(
            "template_id: pause_on_host}",
            "template_id: pause_on_host}\n    - relationship: {source: vm, target: host, relationship_type: own, "
            + "template_id: host_contains_vm}");

        Assert.Contains("vm own host", TemplateFiles.Show(
            TemplateFiles.One(text, TemplateFiles.Definitions).Scenarios[1].Clauses[0]));
    }

    [Fact]
    public void Two_templates_of_one_name_validate_but_do_not_load()
    {
        var set = TemplateFiles.Read(TemplateFiles.WithCondition("b"), TemplateFiles.WithCondition("a [on] b"));

        Assert.Equal([0, 0], set.Files.Select(file => file.Code));
        Assert.Equal(
            ["t1.yaml:1:30: template name 'n' is also that of t0.yaml"], set.Faults.Select(fault => fault.ToString()));
        Assert.Equal("template name 'n' is also that of t0.yaml", set.Files[1].Warnings[0].Message);
    }

    [Fact]
    public void Templates_that_the_check_refuses_fail_with_its_code()
    {
        var set = TemplateFiles.Read(
            null, [TemplateFiles.V3, TemplateFiles.WithCondition("b")],
            templates =>
                [.. templates.Where(t => t.Name == "n").Select(t => new TemplateSetFault(t.Name, "a circle"))]);

        Assert.Equal([0, 20000], set.Files.Select(file => file.Code));
        Assert.Equal(["full disk"], set.Templates.Select(template => template.Name));
        Assert.Equal("t1.yaml:1:30: a circle", set.Faults[0].ToString());
    }

    [Fact]
    public void The_check_sees_right_templates_only()
    {
        var seen = new List<string>();
        TemplateFiles.Read(
            null, [TemplateFiles.V3.Replace("state: ERROR", "x: y"), TemplateFiles.WithCondition("b")],
            templates =>
            {
                seen.AddRange(templates.Select(template => template.Name));
                return [];
            });

        Assert.Equal(["n"], seen);
    }
}

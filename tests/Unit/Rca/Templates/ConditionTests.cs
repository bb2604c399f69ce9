using Ops.Rca.Templates;
using Xunit;

namespace Ops.Unit.Rca.Templates;

public sealed class ConditionTests
{
    [Theory]
    [InlineData("a [on] b", "a on b")]
    [InlineData("a   [  on ]  b", "a on b")]
    [InlineData("b", "b")]
    [InlineData("a [on] b AND c [on] b OR b", "a on b & c on b | b")]
    [InlineData("b OR a [on] b AND c [on] b", "b | a on b & c on b")]
    [InlineData("(b OR a [on] b) AND c [on] b", "b & c on b | a on b & c on b")]
    [InlineData("a [on] b and c [on] b or b", "a on b & c on b | b")]
    [InlineData("b AND NOT a [on] b", "b & !a on b")]
    [InlineData("b and not (a [on] b or c [on] b)", "b & !a on b & !c on b")]
    [InlineData("b AND NOT (a [on] b AND c [on] b)", "b & !a on b | b & !c on b")]
    [InlineData("b AND NOT (NOT a [on] b)", "b & a on b")]
    [InlineData("b AND b", "b")]
    [InlineData("b OR b", "b")]
    [InlineData("a [on] b AND b", "b & a on b")]
    [InlineData("a [on] b AND NOT a [on] b", "a on b & !a on b")]
    [InlineData("((((b))))", "b")]
    public void Conditions_become_alternatives(string condition, string alternatives) => Assert.Equal(
        alternatives,
        string.Join(" | ", Scenario(TemplateFiles.WithCondition(condition)).Clauses.Select(TemplateFiles.Show)));

    [Theory]
    [InlineData("ab", "a on b")]
    [InlineData("ab and not cb", "a on b & !c on b")]
    [InlineData("(ab or cb) and b", "b & a on b | b & c on b")]
    [InlineData("b and not (ab or cb)", "b & !a on b & !c on b")]
    public void Older_versions_name_relationships_by_id(string condition, string alternatives) => Assert.Equal(
        alternatives,
        string.Join(" | ", Scenario(TemplateFiles.WithOldCondition(condition)).Clauses.Select(TemplateFiles.Show)));

    [Theory]
    [InlineData("a[on]b", 85, "'[' at character 2 is not part of a label")]
    [InlineData("a [on b", 85, "'[' at character 3 is not part of a label")]
    [InlineData("a [on-line] b", 85, "'[' at character 3 is not part of a label")]
    [InlineData("a on] b", 85, "']' at character 5 is not part of a label")]
    [InlineData("a [on] b AND", 85, "expected a name, NOT or '(', found its end")]
    [InlineData("(a [on] b", 85, "expected AND, OR or ')', found its end")]
    [InlineData("a [on] b)", 85, "expected AND, OR or the end, found ')' at character 9")]
    [InlineData("b c", 85, "expected AND, OR or the end, found 'c' at character 3")]
    [InlineData("a [on] (b)", 85, "expected a name behind [on], found '(' at character 8")]
    [InlineData("b AND NOT NOT a [on] b", 85, "'NOT' at character 11 follows another NOT")]
    [InlineData("b AND NOT(a [on] b)", 85, "'NOT' at character 7 needs a space around it")]
    [InlineData("(b)AND(c)", 85, "'AND' at character 4 needs a space around it")]
    [InlineData("", 85, "expected a name, NOT or '(', found its end")]
    [InlineData("b & c", 10200, "names '&' at character 3, which entities do not declare")]
    [InlineData("b And c", 10200, "names 'And' at character 3, which entities do not declare")]
    [InlineData("b AND nobody", 10200, "names 'nobody' at character 7, which entities do not declare")]
    [InlineData("b AND NOT c", 86, "NOT stands before 'c', which is not a relationship")]
    [InlineData("NOT a [on] b", 134, "consists of NOT only; it must demand at least one thing that is there")]
    [InlineData("a [on] b OR c", 135, "the alternatives of OR must share an entity that is not negated")]
    [InlineData("b OR NOT a [on] b", 135, "the alternatives of OR must share an entity that is not negated")]
    public void A_broken_condition_is_told_where_and_why(string condition, int code, string message)
    {
        var result = TemplateFiles.Read(TemplateFiles.WithCondition(condition)).Files[0];

        Assert.Equal(code, result.Code);
        Assert.Contains(message, result.Message);
        Assert.Equal((8, 16), (result.Line, result.Column));
    }

    [Theory]
    [InlineData(
        "ab AND cb", 3,
        "names 'AND' at character 4, which definitions do not declare. Versions 1 and 2 write and")]
    [InlineData("ab & cb", 3, "names '&' at character 4, which definitions do not declare. Versions 1 and 2 write and")]
    [InlineData("ab and cc", 3, "names 'cc' at character 8, which definitions do not declare. Did you mean 'c'?")]
    [InlineData(
        "a [on] b", 85,
        "versions 1 and 2 name relationships by their template_id, found label 'on' at character 3")]
    [InlineData("ab or c", 135, "the alternatives of OR must share an entity that is not negated")]
    [InlineData("b and not nobody", 86, "NOT stands before 'nobody', which is not a relationship")]
    public void A_broken_condition_of_older_versions_is_told(string condition, int code, string message)
    {
        var result = TemplateFiles.Read(TemplateFiles.WithOldCondition(condition)).Files[0];

        Assert.Equal(code, result.Code);
        Assert.Contains(message, result.Message);
    }

    [Theory]
    [InlineData("a [on] b", "a,b")]
    [InlineData("b AND NOT a [on] b", "b")]
    [InlineData("a [on] b OR c [on] b", "b")]
    [InlineData("c [on] b AND b [to] d OR d AND b", "b,d")]
    public void What_all_alternatives_demand_is_common_in_order_of_the_condition(string condition, string common) =>
        Assert.Equal(common, string.Join(",", Scenario(TemplateFiles.WithCondition(condition)).CommonEntities));

    [Fact]
    public void A_name_in_its_own_right_is_told_from_one_that_only_negations_name()
    {
        var clause = Scenario(TemplateFiles.WithCondition("b AND NOT a [on] b")).Clauses[0];

        Assert.Equal(["b", "a"], clause.Entities.Select(entity => entity.Id));
        Assert.Equal([true, false], clause.Entities.Select(entity => entity.IsNamedAlone));
    }

    [Fact]
    public void A_condition_over_several_lines_is_read()
    {
        var text = TemplateFiles.WithCondition("X").Replace("\"X\"", "|\n      a [on] b AND\n      c [on] b");

        Assert.Equal("a on b & c on b", TemplateFiles.Show(Scenario(text).Clauses[0]));
    }

    [Fact]
    public void A_condition_nested_too_deep_is_refused()
    {
        var condition = new string('(', 1000) + "b" + new string(')', 1000);

        Assert.Contains("nested deeper than 100", TemplateFiles.First(TemplateFiles.WithCondition(condition)));
    }

    [Fact]
    public void A_condition_that_explodes_is_refused()
    {
        var condition = string.Join(" AND ", Enumerable.Range(0, 30).Select(i => $"(a [l{i}] b OR c [m{i}] b)"));

        Assert.EndsWith(
            "multiplies out to more than 1024 alternatives or 100000 terms",
            TemplateFiles.First(TemplateFiles.WithCondition(condition)));
    }

    [Fact]
    public void A_condition_of_a_thousand_alternatives_is_read()
    {
        var condition = string.Join(" OR ", Enumerable.Range(0, 1000).Select(i => $"a [l{i}] b"));

        Assert.Equal(1000, Scenario(TemplateFiles.WithCondition(condition)).Clauses.Length);
    }

    [Fact]
    public void A_condition_that_is_too_long_is_refused() => Assert.Equal(
        "85 8:16 condition is longer than 65536 characters, found 70000",
        TemplateFiles.First(TemplateFiles.WithCondition(new string('b', 70_000))));

    private static Scenario Scenario(string template) => TemplateFiles.One(template).Scenarios[0];
}

using Ops.Rca.Templates;
using Xunit;

namespace Ops.Unit.Rca.Templates;

public sealed class EquivalenceTests
{
    private const string Same =
        """
        metadata: {version: 2, name: same, type: equivalence}
        equivalences:
          - equivalence:
              - entity: {category: ALARM, name: a}
              - entity: {name: a2, category: ALARM}
          - equivalence:
              - entity: {category: RESOURCE, type: b}
              - entity: {category: RESOURCE, type: b2}
        """;

    [Fact]
    public void An_equivalence_file_is_right_and_holds_no_template()
    {
        var set = TemplateFiles.Read(Same);

        Assert.Equal((0, true), (set.Files[0].Code, set.IsOk));
        Assert.Empty(set.Templates);
    }

    [Fact]
    public void It_needs_no_type() =>
        Assert.True(TemplateFiles.Read(Same.Replace("version: 2, ", "").Replace(", type: equivalence", "")).IsOk);

    [Fact]
    public void Every_combination_of_equivalent_entities_is_an_alternative_of_the_scenario()
    {
        var set = TemplateFiles.Read(TemplateFiles.WithCondition("a [on] b"), Same);
        var scenario = Assert.Single(set.Templates[0].Scenarios);

        Assert.Equal(["a b", "a2 b", "a b2", "a2 b2"], scenario.Clauses.Select(Values));
        Assert.All(scenario.Clauses, clause => Assert.Equal("a on b", TemplateFiles.Show(clause)));
        Assert.Equal(["a", "b"], scenario.CommonEntities);
    }

    [Fact]
    public void Older_versions_have_the_same_alternatives()
    {
        var set = TemplateFiles.Read(TemplateFiles.WithOldCondition("ab"), Same);

        Assert.Equal(["a b", "a2 b", "a b2", "a2 b2"], set.Templates[0].Scenarios[0].Clauses.Select(Values));
    }

    [Fact]
    public void A_negated_entity_may_be_none_of_its_equivalents()
    {
        var set = TemplateFiles.Read(TemplateFiles.WithCondition("d AND NOT a [on] d"), Same);

        var clause = Assert.Single(set.Templates[0].Scenarios[0].Clauses);
        Assert.Equal("d & !a on d & !a~2 on d", TemplateFiles.Show(clause));
        Assert.Equal("d a a2", Values(clause));
    }

    [Fact]
    public void An_entity_with_more_properties_is_another_entity()
    {
        var text = TemplateFiles.WithCondition("a [on] b").Replace("name: a}", "name: a, severity: CRITICAL}");

        Assert.Equal(2, TemplateFiles.Read(text, Same).Templates[0].Scenarios[0].Clauses.Length);
    }

    [Theory]
    [InlineData("name: a2", "name: a", "4 5:17 an entity may stand in one equivalence only, and once")]
    [InlineData("type: b2", "type: b", "4 8:17 an entity may stand in one equivalence only, and once")]
    [InlineData(
        "  - equivalence:", "  - equivalent:",
        "4 3:5 unknown key 'equivalent' in an item of equivalences; allowed: equivalence. Did you mean 'equivalence'?")]
    [InlineData(
        "equivalences:", "scenarios:",
        "4 2:1 unknown key 'scenarios' in equivalence template; allowed: metadata, equivalences")]
    public void A_broken_equivalence_is_told(string right, string wrong, string expected) =>
        Assert.Equal(expected, TemplateFiles.First(Same.Replace(right, wrong)));

    [Fact]
    public void An_entity_in_two_files_is_told_in_the_second() => Assert.Equal(
        [0, 4], TemplateFiles.Read(Same, Same.Replace("name: same", "name: again")).Files.Select(file => file.Code));

    [Fact]
    public void Too_many_combinations_are_refused()
    {
        var members = string.Concat(Enumerable.Range(0, 600).Select(i =>
            $"\n      - entity: {{category: ALARM, name: x{i}}}"));
        var text = Same.Replace("\n      - entity: {name: a2, category: ALARM}", members);

        Assert.Equal(
            "85 0:0 scenario 0 has more than 1024 alternatives after equivalences were applied",
            TemplateFiles.First(TemplateFiles.WithCondition("a [on] b"), text));
    }

    private static string Values(Clause clause) => string.Join(" ", clause.Entities.Select(entity =>
        entity.Predicates.First(predicate => predicate.Property != "vitrage_category").Value));
}

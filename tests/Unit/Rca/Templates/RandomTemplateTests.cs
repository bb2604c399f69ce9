using CsCheck;
using Ops.Rca.Templates.Patterns;
using Xunit;

namespace Ops.Unit.Rca.Templates;

/// <summary>Whatever is thrown at the reader, it answers.</summary>
public sealed class RandomTemplateTests
{
    private static readonly string[] Words =
    [
        "a [on] b", "a", "b", "AND", "OR", "NOT", "and", "or", "not", "(", ")", "[on]", "[", "]", "&", "\\n", "é", " ",
        "ab",
    ];

    private static readonly string[] Pieces =
    [
        "a", "b", "(", ")", "[", "]", "{", "}", "*", "+", "?", "|", "^", "$", "\\", "(?", "P<", ">", ":", "-", ",",
        "1", "Z", "(?P<n>a)",
    ];

    [Fact]
    public void A_random_condition_is_read_or_refused() => AnyOf(Words, 30).Sample(
        words =>
        {
            TemplateFiles.Read(TemplateFiles.WithCondition(string.Join(' ', words)));
            TemplateFiles.Read(TemplateFiles.WithOldCondition(string.Concat(words)));
        },
        iter: 1000);

    [Fact]
    public void A_condition_that_is_accepted_has_a_common_entity() => AnyOf(Words[..7], 12).Sample(
        words =>
        {
            foreach (var template in TemplateFiles.Read(TemplateFiles.WithCondition(string.Join(' ', words))).Templates)
            {
                Assert.NotEmpty(template.Scenarios[0].CommonEntities);
                Assert.All(template.Scenarios[0].Clauses, clause => Assert.NotEmpty(clause.Entities));
            }
        },
        iter: 1000);

    [Fact]
    public void A_template_with_random_damage_is_read_or_refused()
    {
        string[] texts = [TemplateFiles.V1, TemplateFiles.V2, TemplateFiles.V3, TemplateFiles.Definitions];
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 2000], Gen.Int[0, 40], Gen.String[0, 10]).Sample(
            (which, at, length, inserted) =>
            {
                var text = texts[which];
                at = Math.Min(at, text.Length);
                var damaged = text[..at] + inserted + text[Math.Min(text.Length, at + length)..];
                foreach (var file in TemplateFiles.Read(damaged, TemplateFiles.Definitions).Files)
                {
                    Assert.Equal(file.IsOk, file.Errors.IsEmpty);
                    Assert.NotEmpty(file.ToJsonLine());
                }
            },
            iter: 1000);
    }

    [Fact]
    public void A_random_expression_is_compiled_or_refused() =>
        AnyOf(Pieces, 12).Sample(
            parts => { PropertyPattern.TryCreate(string.Concat(parts), out _, out _); }, iter: 2000);

    private static Gen<List<string>> AnyOf(string[] words, int countMax) =>
        Gen.Int[0, words.Length - 1].Select(index => words[index]).List[0, countMax];
}

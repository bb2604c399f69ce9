using CsCheck;
using Ops.Model;
using Ops.Pipeline.Expressions;
using Xunit;

namespace Ops.Unit.Pipeline;

public sealed class ExpressionFaultTests
{
    [Theory]
    [InlineData("", "column 1: expected a value, found the end")]
    [InlineData("1 +", "column 4: expected a value, found the end")]
    [InlineData("1 2", "column 3: expected an operator or the end, found '2'")]
    [InlineData("(1", "column 3: expected ')', found the end")]
    [InlineData("a[1", "column 4: expected ']', found the end")]
    [InlineData("1 if 2", "column 7: expected 'else', found the end")]
    [InlineData("a.1", "column 2: expected an operator or the end, found '.1'")]
    [InlineData("a. 'x'", "column 4: expected a name, found ''x''")]
    [InlineData("max(1, 2)", "column 1: 'max' is called, and nothing can be called")]
    [InlineData("__import__('os')", "column 1: '__import__' is called, and nothing can be called")]
    [InlineData("lambda: 1", "column 1: expected a value, found 'lambda'")]
    [InlineData("a = 1", "column 3: '=' has no meaning in an expression")]
    [InlineData("volume & 1", "column 8: '&' has no meaning in an expression")]
    [InlineData("'open", "column 1: the text is not closed")]
    [InlineData("1x", "column 1: '1x' is not a number")]
    [InlineData("1__0", "column 1: '1__0' is not a number")]
    [InlineData("010", "column 1: '010' is not a number")]
    [InlineData("0x", "column 1: '0x' is not a number")]
    [InlineData("0b2", "column 1: '0b2' is not a number")]
    [InlineData("1.2.3", "column 1: '1.2.3' is not a number")]
    [InlineData("$(cpu)", "column 1: $(cpu) names a meter, which only 'expr' of arithmetic may")]
    [InlineData("$cpu", "column 1: '$' must start $(meter), a meter of letters, digits, '_', '.' and '-'")]
    [InlineData("$(a b)", "column 1: '$' must start $(meter), a meter of letters, digits, '_', '.' and '-'")]
    public void What_is_not_of_the_grammar_is_named_with_its_column(string text, string problem)
    {
        Assert.False(Expression.TryParseScale(text, out _, out var found));
        Assert.Equal(problem, found);
    }

    [Fact]
    public void Length_depth_and_size_are_limited()
    {
        Assert.Equal("it has 4097 characters, at most 4096 are allowed", Fault(new string(' ', 4097)));
        Assert.Equal("column 65: nested deeper than 64", Fault(new string('(', 70) + "1" + new string(')', 70)));
        Assert.Equal("column 65: nested deeper than 64", Fault(new string('-', 70) + "1"));
        Assert.EndsWith("more than 500 operations", Fault(string.Join('+', Enumerable.Repeat("1", 600))));
    }

    [Fact]
    public void Random_text_never_throws() =>
        Gen.String[Gen.Char["0123456789.+-*/%()[]<>=!'\"$_ abinortefls"], 0, 40].Sample(
            text =>
            {
                if (Expression.TryParseScale(text, out var expression, out var problem))
                {
                    expression.TryNumber(
                        [new Sample(new SeriesCatalog().Intern("m", "r"), SampleContext.Plain, 0, 1)], out _, out _);
                    return problem is null;
                }

                return problem.Length > 0;
            },
            iter: 5000);

    [Fact]
    public void Whole_number_division_agrees_with_its_remainder() =>
        Gen.Select(Gen.Int[-1000, 1000], Gen.Int[-50, 50]).Where((_, b) => b != 0).Sample(
            (a, b) => (Value($"({a}) // ({b})") * b) + Value($"({a}) % ({b})") == a, iter: 2000);

    private static double Value(string text)
    {
        Assert.True(Expression.TryParseScale(text, out var expression, out _));
        Assert.True(expression.TryNumber([], out var number, out _));
        return number;
    }

    private static string? Fault(string text)
    {
        Assert.False(Expression.TryParseScale(text, out _, out var problem));
        return problem;
    }
}

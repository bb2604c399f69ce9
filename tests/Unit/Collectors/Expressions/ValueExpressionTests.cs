using CsCheck;
using Ops.Collectors.Expressions;
using Xunit;

namespace Ops.Unit.Collectors.Expressions;

public sealed class ValueExpressionTests
{
    private static readonly Dictionary<string, object?> Value = new()
    {
        ["a"] = 7L,
        ["b"] = 2.5,
        ["t"] = "user$project",
        ["none"] = null,
        ["list"] = new List<object?> { 3L, 1L, 2L },
        ["links"] = new List<object?>
        {
            new Dictionary<string, object?> { ["rel"] = "self", ["href"] = "http://x/1" },
            new Dictionary<string, object?> { ["rel"] = "next", ["href"] = "http://x/2" },
        },
    };

    // What Python 3.11 answers to repr() or str() of the same.
    [Theory]
    [InlineData("value['a'] * 10", "70")]
    [InlineData("value['a'] / 2", "3.5")]
    [InlineData("value['a'] // 2", "3")]
    [InlineData("-7 // 2", "-4")]
    [InlineData("-7 % 3", "2")]
    [InlineData("2 ** 10", "1024")]
    [InlineData("2 ** -1", "0.5")]
    [InlineData("-2 ** 2", "-4")]
    [InlineData("1e16", "1e+16")]
    [InlineData("0.1 + 0.2", "0.30000000000000004")]
    [InlineData("7.0", "7.0")]
    [InlineData("value.get('missing', 5)", "5")]
    [InlineData("value.get('missing')", "None")]
    [InlineData("value['t'].split('$')[0].strip()", "user")]
    [InlineData("value['t'].split ('$')", "['user', 'project']")]
    [InlineData("len(value['list'])", "3")]
    [InlineData("sum(value['list'])", "6")]
    [InlineData("sorted(value['list'])", "[1, 2, 3]")]
    [InlineData("min(value['list']) + max(1, 2)", "3")]
    [InlineData("[x * 2 for x in value['list'] if x > 1]", "[6, 4]")]
    [InlineData("{k: v for k, v in [('a', 1)]}", "{'a': 1}")]
    [InlineData("sum(x['rel'] == 'next' for x in value['links'])", "1")]
    [InlineData("list(filter(lambda v: v.get('rel') == 'next', value['links']))[0].get('href')", "http://x/2")]
    [InlineData("next((x['href'] for x in value['links'] if x['rel'] == 'next'), None)", "http://x/2")]
    [InlineData("list(map(str, value['list']))", "['3', '1', '2']")]
    [InlineData("','.join(['a', 'b'])", "a,b")]
    [InlineData("value['none'] or { 'id': '' }", "{'id': ''}")]
    [InlineData("1 if value['a'] == 7 else 0", "1")]
    [InlineData("1 if 'x' in value and not value['none'] else 0", "0")]
    [InlineData("value['list'][-1]", "2")]
    [InlineData("value['list'][::-1]", "[2, 1, 3]")]
    [InlineData("'abcdef'[1:4:2]", "bd")]
    [InlineData("1 < 2 <= 2", "True")]
    [InlineData("value['none'] is None", "True")]
    [InlineData("'x' not in ['x']", "False")]
    [InlineData("int('42') + int(3.9)", "45")]
    [InlineData("float('2.5')", "2.5")]
    [InlineData("round(2.5)", "2")]
    [InlineData("round(2.567, 2)", "2.57")]
    [InlineData("'{}-{:.1f}'.format('a', 2.25)", "a-2.2")]
    [InlineData("'%s is %d' % ('a', 3)", "a is 3")]
    [InlineData("f'{value[\"a\"]} of {1 + 1}'", "7 of 2")]
    [InlineData("'http://a'.replace('http:', 'https:')", "https://a")]
    [InlineData("'/v3/projects/' + str(value['a'])", "/v3/projects/7")]
    [InlineData("timestamp('1970-01-01T00:01:00Z')", "60.0")]
    [InlineData("isinstance(value['a'], (int, float))", "True")]
    public void An_expression_gives_what_Python_gives(string text, string expected) =>
        Assert.Equal(expected, ValueText.Of(Evaluate(text)));

    [Theory]
    [InlineData("eval('1')", 0, "function 'eval' is not allowed; allowed: len, int, float, str, bool, round, abs, sum, "
        + "min, max, sorted, list, set, tuple, reversed, any, all, next, iter, range, dict, isinstance, map, filter, "
        + "timestamp: write the expression itself")]
    [InlineData("value.__class__", 6, "'.__class__' is not allowed: write ['__class__'] for a key")]
    [InlineData("value.a", 6, "'.a' is not allowed: write ['a'] for a key")]
    [InlineData("valu['a']", 0, "name 'valu' is not known; known: value. Did you mean 'value'?")]
    [InlineData("os.system('x')", 0,
        "name 'os' is not known; known: value: the system cannot be reached; use a sample of the machine's own")]
    [InlineData("value[", 6, "a value is missing at the end")]
    [InlineData("value; 1", 5, "';' is not allowed in an expression")]
    [InlineData("lambda x: x", 0, "a lambda is only allowed as the first argument of map and filter")]
    [InlineData("'abc", 0, "the text that begins here has no closing '")]
    public void What_cannot_be_mapped_is_refused_with_its_place(string text, int at, string message)
    {
        Assert.False(ValueExpression.TryParse(text, ["value"], out _, out var place, out var problem));
        Assert.Equal((at, message), (place, problem));
    }

    [Theory]
    [InlineData("'a' * 100000000", "makes a text of more than 1000000 characters")]
    [InlineData("[x for x in range(1000) for y in range(1000)]", "takes more than 200000 steps")]
    [InlineData("range(100000000)", "range takes whole numbers and gives at most 10000 items")]
    [InlineData("range(-9223372036854775807, 9223372036854775807)",
        "range takes whole numbers and gives at most 10000 items")]
    [InlineData("[range(10000) for x in range(10000)]", "takes more than 200000 steps")]
    [InlineData("('a' * 75000).replace('a', 'b' * 57000)", "takes more than 200000 steps")]
    [InlineData("('{0}' * 30000).format('a' * 60000)", "takes more than 200000 steps")]
    [InlineData("1 / 0", "division by zero")]
    [InlineData("'a' + 1", "'+' does not go between text and a whole number")]
    [InlineData("value['nothing']", "there is no key 'nothing'")]
    public void Work_without_end_or_sense_is_stopped(string text, string message) =>
        Assert.Equal(message, Assert.Throws<EvaluationException>(() => Evaluate(text)).Message);

    /// <summary>Ten times itself at each level: small to make, without end to write or compare.</summary>
    [Theory]
    [InlineData("str", "makes a text of more than 1000000 characters")]
    [InlineData("==", "takes more than 200000 steps")]
    public void A_list_that_holds_another_many_times_over_ends(string use, string message)
    {
        var nested = "[1]";
        for (var level = 0; level < 12; level++)
        {
            nested = $"[[x,x,x,x,x,x,x,x,x,x] for x in [{nested}]][0]";
        }

        var text = use == "str" ? $"str({nested})" : $"{nested} == {nested}";
        Assert.Equal(message, Assert.Throws<EvaluationException>(() => Evaluate(text)).Message);
    }

    [Fact]
    public void Depth_is_limited() => Assert.False(ValueExpression.TryParse(
        new string('(', 5000) + "1" + new string(')', 5000), ["value"], out _, out _, out _));

    [Fact]
    public void Any_text_is_an_expression_or_refused() =>
        Gen.OneOf(
            "value", "[", "]", "(", ")", "'a'", " ", "1", "2.5", "+", "-", "*", "**", "//", "%", ".get", ".split",
            "lambda", "x", ":", "for", "in", "if", "else", "not", "and", "or", "len", "map", "filter", "{", "}", ",",
            "f'{value}'", "['a']", "==", "<", "is", "None", "range", "9999999999", "'%s'", "'{:9}'.format", "sum")
            .Array[0, 14].Sample(
                words =>
                {
                    if (!ValueExpression.TryParse(string.Join(' ', words), ["value"], out var expression, out _, out _))
                    {
                        return;
                    }

                    try
                    {
                        expression.Evaluate(new Dictionary<string, object?> { ["value"] = Value });
                    }
                    catch (EvaluationException)
                    {
                        // A clean refusal.
                    }
                },
                time: 1);

    private static object? Evaluate(string text)
    {
        Assert.True(ValueExpression.TryParse(text, ["value"], out var expression, out _, out var problem), problem);
        return expression.Evaluate(new Dictionary<string, object?> { ["value"] = Value });
    }
}

using Ops.Pipeline.Transformers;
using Xunit;

namespace Ops.Unit.Pipeline;

public sealed class NamePatternTests
{
    [Theory]
    [InlineData("a", "b", "banana", "bbnbnb")]
    [InlineData("(.)(.)", @"\2\1", "abcd", "badc")]
    [InlineData("(?P<x>a)(b)", @"\2\g<x>\g<2>", "ab", "bab")]
    [InlineData("(b)(?P<x>a)", @"\1\2", "ba", "ba")]
    [InlineData("(?P<q>['-])x(?P=q)", "y", "-x-'x-", "y'x-")]
    [InlineData(@"end\Z", "x", "end end", "end x")]
    [InlineData(@"[(]a[)\]]", "x", "(a)(a]", "xx")]
    [InlineData(@"(?:a)(b)", @"\1", "ab", "b")]
    [InlineData("(a)|(b)", @"<\1\2>", "ab", "<a><b>")]
    [InlineData(@"\.", @"\\", "a.b", @"a\b")]
    [InlineData("[[]", "x", "a[b", "axb")]
    public void A_pattern_replaces_as_Python_does(string from, string to, string text, string expected)
    {
        Assert.True(NamePattern.TryParse(from, to, out var pattern, out var problem), problem);
        Assert.Equal(expected, pattern.Replace(text));
    }

    [Theory]
    [InlineData("(a", "b", "is not a valid pattern: Invalid pattern '(a' at offset 2. Not enough )'s")]
    [InlineData("(?P=x)a", "b", "is not a valid pattern: group 'x' is not defined")]
    [InlineData("a", @"\1", "refers to group '1', but the pattern has 0")]
    [InlineData("(a)", @"\g<x>", "refers to group 'x', but the pattern has 1")]
    public void A_pair_that_does_not_work_says_why(string from, string to, string expected)
    {
        Assert.False(NamePattern.TryParse(from, to, out _, out var problem));
        Assert.Equal(expected, problem);
    }

    [Fact]
    public void A_pattern_has_a_length_limit()
    {
        Assert.False(NamePattern.TryParse(new string('a', 1025), "b", out _, out var problem));
        Assert.Equal("has more than 1024 characters", problem);
    }

    [Fact]
    public void A_pattern_that_takes_too_long_leaves_the_name()
    {
        Assert.True(NamePattern.TryParse("^(a+)+$", "b", out var pattern, out _));
        var name = new string('a', 40) + "!";
        Assert.Equal(name, pattern.Replace(name));
    }
}

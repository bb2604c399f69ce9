using Ops.Rca.Templates.Patterns;
using Xunit;

namespace Ops.Unit.Rca.Templates;

/// <summary>Expressions in Python's syntax. Expected: Python 3.11, re.compile and re.match.</summary>
public sealed class PropertyPatternTests
{
    [Theory]
    [InlineData("disk", "disk full", true)]
    [InlineData("disk", "a disk", false)]
    [InlineData("disk$", "disk full", false)]
    [InlineData("disk$", "disk\n", true)]
    [InlineData(@"disk\Z", "disk\n", false)]
    [InlineData("a|b", "xb", false)]
    [InlineData("a|b", "bx", true)]
    [InlineData("(?i)DISK", "disk", true)]
    [InlineData("(?P<n>a)(?P=n)", "aa", true)]
    [InlineData("(?P<n>a)(?P=n)", "ab", false)]
    [InlineData("[[a]", "[", true)]
    [InlineData("[]a]", "]", true)]
    [InlineData("[a-z-[aeiou]]", "b]", true)]
    [InlineData("[^a]", "\n", true)]
    [InlineData("a{,2}b", "aab", true)]
    [InlineData("a{x", "a{x", true)]
    [InlineData(@"\_\-\é", "_-é", true)]
    [InlineData(@"\x41\u0042", "AB", true)]
    [InlineData(@"\U0001F600+", "😀😀", true)]
    [InlineData("(?x) a  b # note", "ab", true)]
    [InlineData("(?i:A)b", "ab", true)]
    [InlineData("(a)?(?(1)b|c)", "c", true)]
    [InlineData("a(?=b)", "ab", true)]
    [InlineData("", "anything", true)]
    [InlineData(@"cpu\.\d+", "cpu.7", true)]
    public void An_expression_matches_from_the_start_as_in_python(string pattern, string text, bool matches) =>
        Assert.Equal(matches, PropertyPattern.Create(pattern).Matches(text));

    [Theory]
    [InlineData("*a", "nothing to repeat")]
    [InlineData("^*", "nothing to repeat")]
    [InlineData("a**", "multiple repeat")]
    [InlineData("(a", "missing )")]
    [InlineData("a)", "unbalanced parenthesis")]
    [InlineData(")(", "unbalanced parenthesis")]
    [InlineData("[a", "unterminated character set at position 0")]
    [InlineData("[z-a]", "bad character range")]
    [InlineData("a{3,2}", "min repeat greater than max repeat")]
    [InlineData(@"a\", "bad escape at the end")]
    [InlineData(@"\p{L}", @"bad escape \p at position 0")]
    [InlineData(@"a\z", @"bad escape \z at position 1")]
    [InlineData(@"[\A]", @"bad escape \A at position 1")]
    [InlineData(@"\x4", @"incomplete or bad escape \x at position 0")]
    [InlineData(@"(a)\2", "invalid group reference")]
    [InlineData("(?<n>a)", "unknown extension (?< at position 0")]
    [InlineData("(?P<n>a)(?P<n>b)", "redefinition of group name 'n'")]
    [InlineData("(?P=n)", "unknown group name 'n'")]
    [InlineData("a(?i)", "flags not at the start of the expression at position 1")]
    [InlineData("a++", "possessive repeats are not supported")]
    public void What_python_refuses_is_refused(string pattern, string expected)
    {
        Assert.False(PropertyPattern.TryCreate(pattern, out _, out var error));
        Assert.Equal(expected, error);
    }

    [Fact]
    public void A_catastrophic_expression_is_matched_in_linear_time()
    {
        var pattern = PropertyPattern.Create("(a+)+$");

        Assert.True(pattern.IsLinear);
        Assert.False(pattern.Matches(new string('a', 5000) + "!"));
        Assert.Equal(0, pattern.Timeouts);
    }

    [Fact]
    public void A_catastrophic_expression_that_needs_backtracking_is_given_up()
    {
        var pattern = PropertyPattern.Create(@"(a+)+\1$");

        Assert.False(pattern.IsLinear);
        Assert.False(pattern.Matches(new string('a', 5000) + "!"));
        Assert.Equal(1, pattern.Timeouts);
    }

    [Fact]
    public void An_expression_that_is_too_long_is_refused()
    {
        Assert.False(PropertyPattern.TryCreate(new string('a', 5000), out _, out var error));
        Assert.Equal("longer than 4096 characters", error);
    }
}

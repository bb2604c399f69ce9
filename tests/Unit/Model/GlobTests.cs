using Ops.Model;
using Xunit;

namespace Ops.Unit.Model;

public sealed class GlobTests
{
    [Theory]
    [InlineData("disk.*", "disk.read.bytes", true)]
    [InlineData("disk.*", "disk", false)]
    [InlineData("*.rate", "a.b.rate", true)]
    [InlineData("cp?", "cpu", true)]
    [InlineData("[a-c]x", "bx", true)]
    [InlineData("[!a-c]x", "bx", false)]
    [InlineData("[", "[", true)]
    [InlineData("*a*b*c*", "xxaxxbxxcxx", true)]
    [InlineData("", "", true)]
    [InlineData("*", "", true)]
    public void Patterns_match_like_a_shell(string pattern, string text, bool matches) =>
        Assert.Equal(matches, Glob.Matches(pattern, text));
}

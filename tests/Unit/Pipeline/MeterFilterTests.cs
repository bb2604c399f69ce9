using Ops.Pipeline.Configuration;
using Xunit;

namespace Ops.Unit.Pipeline;

public sealed class MeterFilterTests
{
    [Theory]
    [InlineData("cpu", "cpu", true)]
    [InlineData("cpu", "cpu_util", false)]
    [InlineData("disk.*", "disk.read.bytes", true)]
    [InlineData("*.rate", "disk.rate", true)]
    [InlineData("*.rate cpu", "cpu", true)]
    [InlineData("d?sk.[rw]*", "disk.read", true)]
    [InlineData("*", "anything", true)]
    [InlineData("* !disk.*", "cpu", true)]
    [InlineData("* !disk.*", "disk.read", false)]
    [InlineData("!disk.*", "cpu", true)]
    [InlineData("!disk.* !cpu", "cpu", false)]
    [InlineData("*.rate !a.*", "a.rate", false)]
    [InlineData("*.rate !a.*", "b.rate", true)]
    [InlineData("*.rate !a.*", "b", false)]
    public void Exclusions_win_then_names_and_patterns_count(string patterns, string meter, bool takes) =>
        Assert.Equal(takes, new MeterFilter(patterns.Split(' ')).Takes(meter));
}

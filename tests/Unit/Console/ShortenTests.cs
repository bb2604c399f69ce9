using CsCheck;
using Ops.Console.Words;
using Ops.Model;
using Xunit;

namespace Ops.Unit.Console;

public sealed class ShortenTests
{
    [Theory]
    [InlineData("short", 10, "short")]
    [InlineData("elasticsearch-data-node", 16, "elasticse…a-node")]
    [InlineData("ab cdefgh ij", 5, "ab…ij")]
    public void A_long_name_loses_its_middle(string name, int lengthMax, string shortened) =>
        Assert.Equal(shortened, Shorten.Middle(name, lengthMax));

    [Fact]
    public void A_long_text_loses_its_end() => Assert.Equal("one two…", Shorten.End("one two three", 9));

    [Fact]
    public void A_shortened_name_is_never_longer_than_allowed() =>
        Gen.Select(Gen.String, Gen.Int[2, 40]).Sample((text, lengthMax) =>
            Assert.True(Shorten.Middle(text, lengthMax).Length <= Math.Max(lengthMax, 2)));

    [Theory]
    [InlineData("disk", "atlas/disk/sda", "sda")]
    [InlineData("filesystem", "atlas/filesystem/var/lib", "/var/lib")]
    [InlineData("filesystem", "atlas/filesystem/", "/")]
    [InlineData("service", "elsewhere", "elsewhere")]
    public void An_id_is_said_without_the_host_it_repeats(string type, string id, string shortened) =>
        Assert.Equal(shortened, Shorten.Id(type, id));

    [Fact]
    public void A_resource_is_called_by_its_name_where_it_has_one()
    {
        Assert.Equal("web", Shorten.Resource(new ResourceView("service", "atlas/service/1", "web")));
        Assert.Equal("1", Shorten.Resource(new ResourceView("service", "atlas/service/1", null)));
    }
}

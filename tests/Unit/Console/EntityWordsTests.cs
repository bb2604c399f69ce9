using Ops.Console.Words;
using Xunit;

namespace Ops.Unit.Console;

public sealed class EntityWordsTests
{
    [Fact]
    public void A_service_is_told_by_its_port() =>
        Assert.Equal("service :5432", EntityWords.Subtitle(Some.Entity("service", "db", properties: ("port", 5432L))));

    [Fact]
    public void A_service_that_is_down_says_so() =>
        Assert.Equal("down, was :5432", EntityWords.Subtitle(Some.Entity("service", "db", "DOWN", ("port", 5432L))));

    [Fact]
    public void A_client_is_called_one() =>
        Assert.Equal(
            "client",
            EntityWords.Subtitle(Some.Entity("service", "job", properties: [("role", "client"), ("port", null)])));

    [Fact]
    public void Another_thing_is_told_by_its_type() =>
        Assert.Equal("disk", EntityWords.Subtitle(Some.Entity("disk", "sda")));

    [Theory]
    [InlineData("atlas/service/db:5432", "db")]
    [InlineData("db:5432", "db")]
    [InlineData("db", "db")]
    public void A_title_repeats_neither_host_nor_port(string id, string title) =>
        Assert.Equal(title, EntityWords.Title(Some.Entity("service", id, properties: ("port", 5432L))));
}

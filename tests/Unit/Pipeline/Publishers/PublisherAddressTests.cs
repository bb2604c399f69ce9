using Ops.Pipeline.Publishers;
using Xunit;

namespace Ops.Unit.Pipeline.Publishers;

public sealed class PublisherAddressTests
{
    [Fact]
    public void An_address_has_a_scheme_a_place_and_parameters()
    {
        var address = PublisherAddress.Parse("HTTP://u:p@host:80/a/b?x=1&flag&y=a%20b&x=2");
        Assert.Equal(("http", "u:p@host:80/a/b"), (address.Scheme, address.Place));
        Assert.Equal("2", address.Take("x"));
        Assert.Equal("2", address.Take("x"));
        Assert.Null(address.Take("z"));
        Assert.True(address.TakeBool("flag", false));
        Assert.Equal("a b", address.Take("y"));
        Assert.Empty(address.Parameters);
    }

    [Theory]
    [InlineData("store", "store", "")]
    [InlineData("store://", "store", "")]
    [InlineData("file:///a?b", "file", "/a")]
    public void A_bare_scheme_will_do(string text, string scheme, string place)
    {
        var address = PublisherAddress.Parse(text);
        Assert.Equal((scheme, place), (address.Scheme, address.Place));
    }

    [Theory]
    [InlineData("http://user:secret@host/path?token=x", "http://host/path")]
    [InlineData("http://user:secr@t@host", "http://host")]
    [InlineData("http://host/a@b", "http://host/a@b")]
    [InlineData("file:///a@b/c", "file:///a@b/c")]
    [InlineData("store", "store")]
    public void Secrets_are_not_shown(string text, string shown) =>
        Assert.Equal(shown, PublisherAddress.WithoutSecrets(text));

    [Theory]
    [InlineData(
        "x://?policy=dropoldest",
        "'policy' must be one of drop_oldest, block, spill, default, queue, drop, found 'dropoldest'. "
        + "Did you mean 'drop_oldest'?")]
    [InlineData("x://?max_queue_length=0", "'max_queue_length' must be a whole number from 1 to 65536, found '0'")]
    [InlineData("x://?max_retries=some", "'max_retries' must be a whole number from -1 to 1000000, found 'some'")]
    [InlineData("x://?spill_max_bytes=1", "'spill_max_bytes' must be bytes from 65536 to 1099511627776, found '1'")]
    [InlineData("x://?timeout=-1", "'timeout' must be seconds from above 0 to 3600, found '-1'")]
    public void Queue_parameters_are_checked(string text, string message) => Assert.Equal(
        message, Assert.Throws<FormatException>(() => QueueOptions.From(PublisherAddress.Parse(text))).Message);

    [Fact]
    public void Queue_parameters_are_read()
    {
        var options = QueueOptions.From(PublisherAddress.Parse("x://?policy=block&max_queue_length=7&max_retries=0"));
        Assert.Equal((FullQueuePolicy.Block, 7, 0), (options.Policy, options.Batches, options.RetriesMax));
    }

    [Theory]
    [InlineData("", FullQueuePolicy.DropOldest, 2)]
    [InlineData("policy=drop_oldest", FullQueuePolicy.DropOldest, 2)]
    [InlineData("policy=block", FullQueuePolicy.Block, -1)]
    [InlineData("policy=default", FullQueuePolicy.Block, -1)]
    [InlineData("policy=default&max_retry=100", FullQueuePolicy.Block, 100)]
    [InlineData("policy=queue", FullQueuePolicy.DropOldest, 2)]
    [InlineData("policy=drop", FullQueuePolicy.DropOldest, 0)]
    [InlineData("policy=spill", FullQueuePolicy.Spill, -1)]
    [InlineData("policy=spill&max_retries=3", FullQueuePolicy.Spill, 3)]
    public void Each_policy_has_its_word_and_Ceilometers_words_are_known(
        string query, FullQueuePolicy policy, int retries)
    {
        var options = QueueOptions.From(PublisherAddress.Parse($"x://?{query}"));
        Assert.Equal((policy, retries), (options.Policy, options.RetriesMax));
    }

    [Theory]
    [InlineData("nope://", "its kind is not known; known: store, file, http, https, test, notifier, udp, tcp, "
        + "influxdb, prometheus, opentelemetryhttp, kafka")]
    [InlineData("file://", "it names no file, as in 'file:///var/log/samples.jsonl'")]
    [InlineData("file:///a/", "it names no file, as in 'file:///var/log/samples.jsonl'")]
    [InlineData(
        "file:///a?max_byte=1",
        "parameter 'max_byte' is not known; known: policy, max_retries, max_queue_length, max_retry, timeout, "
        + "spill_max_bytes, max_bytes, backup_count, json. Did you mean 'max_bytes'?")]
    [InlineData("file:///a?max_bytes=-1", "'max_bytes' must be a whole number from 0 to 2147483647, found '-1'")]
    [InlineData("file:///a?json=perhaps", "'json' must be true or false, found 'perhaps'")]
    [InlineData("http://", "it names no host")]
    [InlineData("http://h?timeout=0", "'timeout' must be seconds from above 0 to 3600, found '0'")]
    [InlineData("http://h?batch=2", "'batch' must be true or false, found '2'")]
    public void A_publisher_that_cannot_be_opened_says_why(string address, string problem)
    {
        var catalog = PublisherCatalog.BuiltIn(new FakeStore(), TimeProvider.System);
        Assert.False(catalog.TryOpen(address, out _, out var found));
        Assert.Equal(problem, found);
    }

    [Fact]
    public async Task Every_built_in_kind_opens()
    {
        var catalog = PublisherCatalog.BuiltIn(new FakeStore(), TimeProvider.System);
        Assert.Equal(PublisherCatalog.BuiltInSchemes, catalog.Schemes);
        string[] addresses =
            [
                "store", "test://", "file:///tmp/never-written", "http://h", "https://u:p@h/x?verify_ssl=False",
                "notifier://u:p@h/v?per_meter_topic=1&policy=queue", "udp://h", "tcp://[::1]:1",
            ];
        foreach (var address in addresses)
        {
            Assert.True(catalog.TryOpen(address, out var publisher, out var problem), problem);
            Assert.Equal(0, publisher.Counts.Received);
            Assert.True(publisher.Counts.Balances);
            await publisher.DisposeAsync();
        }
    }
}

using System.Text;
using Ops.Collectors.InfluxLine;
using Xunit;

namespace Ops.Unit.Collectors.InfluxLine;

public class LineProtocolBodyTests
{
    [Fact]
    public async Task Whole_lines_are_read_with_the_piece_that_ends_them_and_the_last_at_the_end()
    {
        var sink = new RecordingSink();
        using var body = new SomeReader().Reader.Begin("db", TimestampPrecision.Nanoseconds, sink);
        await FeedAsync(body, "m value=1 1\nm val");
        await FeedAsync(body, "ue=2 2");
        await FeedAsync(body, "\nm value=3 3\nm value=4 4");
        var result = await body.FinishAsync(default);
        Assert.Equal((4, 4, 0), (result.Accepted, result.Samples, result.Refused));
        Assert.Equal([1, 2, 3, 4], sink.Samples.Select(sample => sample.Volume));
    }

    [Fact]
    public async Task A_text_that_spans_pieces_and_lines_stays_one_text()
    {
        var sink = new RecordingSink();
        using var body = new SomeReader().Reader.Begin("db", TimestampPrecision.Nanoseconds, sink);
        foreach (var piece in (string[])["m t=\"a\nb", "\nc", "\n d\",value=1", " 5\nm value=2 6\n", "\0\n"])
        {
            await FeedAsync(body, piece);
        }

        var result = await body.FinishAsync(default);
        Assert.Null(result.ErrorText());
        Assert.Equal((2, 1), (result.Accepted, result.TextFieldsSkipped));
        Assert.Equal([5, 6], sink.Samples.Select(sample => sample.TimestampNs));
    }

    [Fact]
    public async Task A_body_that_breaks_off_can_be_ended_so_that_its_last_line_is_refused()
    {
        var sink = new RecordingSink();
        using var body = new SomeReader().Reader.Begin("db", TimestampPrecision.Nanoseconds, sink);
        await FeedAsync(body, "m value=1 1\nm value=1 17");
        await FeedAsync(body, "\0\n");
        var result = await body.FinishAsync(default);
        Assert.Equal((1, 1), (result.Accepted, result.Refused));
        Assert.EndsWith("bad timestamp", Assert.Single(result.Faults).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_body_is_no_fault()
    {
        var sink = new RecordingSink();
        using var body = new SomeReader().Reader.Begin(null, TimestampPrecision.Seconds, sink);
        var result = await body.FinishAsync(default);
        Assert.Null(result.ErrorText());
        Assert.Empty(sink.BatchCounts);
    }

    [Fact]
    public async Task A_sink_that_fails_is_not_hidden()
    {
        var sink = new RecordingSink { Fails = new IOException("disk full") };
        using var body = new SomeReader().Reader.Begin(null, TimestampPrecision.Seconds, sink);
        await FeedAsync(body, "m value=1\n");
        var fault = await Assert.ThrowsAsync<IOException>(async () => await body.FinishAsync(default));
        Assert.Equal("disk full", fault.Message);
    }

    private static ValueTask FeedAsync(LineProtocolBody body, string text) =>
        body.FeedAsync(Encoding.UTF8.GetBytes(text), default);
}

using Microsoft.Extensions.Time.Testing;
using Ops.Collectors.InfluxLine;
using Ops.Model;
using Ops.Server.Api.Influx;
using Xunit;

namespace Ops.Unit.Server.Api;

public sealed class LineProtocolIngestTests
{
    private readonly FakeSink _sink = new();

    [Theory]
    [InlineData(TimestampPrecision.Nanoseconds, 1L)]
    [InlineData(TimestampPrecision.Microseconds, 1_000L)]
    [InlineData(TimestampPrecision.Milliseconds, 1_000_000L)]
    [InlineData(TimestampPrecision.Seconds, 1_000_000_000L)]
    [InlineData(TimestampPrecision.Minutes, 60_000_000_000L)]
    [InlineData(TimestampPrecision.Hours, 3_600_000_000_000L)]
    public async Task Timestamps_count_the_unit_of_the_body(TimestampPrecision precision, long unitNs)
    {
        using var body = Ingest().Begin("db", precision);
        await body.FeedAsync("cpu,host=a value=1.5 7\n"u8.ToArray(), default);
        await body.FinishAsync(default);
        var sample = Assert.Single(_sink.Samples);
        Assert.Equal((7 * unitNs, 1.5, "cpu", "a", "db"),
            (sample.TimestampNs, sample.Volume, sample.Series.Meter, sample.Series.ResourceId, sample.Series.Database));
    }

    [Fact]
    public async Task Broken_lines_are_told_and_the_others_kept()
    {
        using var body = Ingest().Begin(null, TimestampPrecision.Nanoseconds);
        await body.FeedAsync("cpu value=1\ncpu val"u8.ToArray(), default);
        await body.FeedAsync("ue=\n"u8.ToArray(), default);
        var outcome = await body.FinishAsync(default);
        Assert.Equal((1, 1, 0), (outcome.Accepted, outcome.Refused, outcome.Dropped));
        Assert.Equal(["unable to parse 'cpu value=': missing field value"], outcome.Errors);
        Assert.Single(_sink.Samples);
    }

    private LineProtocolIngest Ingest() =>
        new(new LineProtocolReader(new SeriesCatalog(), new FakeTimeProvider()), _sink);
}

using CsCheck;
using Ops.Collectors.RemoteWrite;
using Ops.Collectors.Wire;
using Ops.Model;
using Snappier;
using Xunit;

namespace Ops.Unit.Collectors.RemoteWrite;

public sealed class RemoteWriteTests
{
    [Fact]
    public async Task A_series_is_a_meter_on_its_instance()
    {
        var some = new SomeWrite();
        var result = await some.TakeAsync(wire =>
        {
            SomeWrite.Series(wire, "__name__=up,instance=h:9100,job=node", 1, 0);
            SomeWrite.Series(wire, "__name__=http_requests_total,job=web", 7);
        });
        Assert.Equal(new RemoteWriteResult(3, 0, 0, 0, null, false), result);
        Assert.Equal(
            [
                "up h:9100 {instance=h:9100,job=node} gauge  1",
                "up h:9100 {instance=h:9100,job=node} gauge  0",
                "http_requests_total web {job=web} cumulative  7",
            ],
            some.Outlets.Lines);
        Assert.Equal((SomeWrite.AtMs + 1000) * 1_000_000, some.Outlets.Sink.Samples[1].TimestampNs);
    }

    [Theory]
    [InlineData("x_total", 0, MeterKind.Cumulative)]
    [InlineData("x_bucket", 0, MeterKind.Cumulative)]
    [InlineData("x_count", 0, MeterKind.Cumulative)]
    [InlineData("x_sum", 0, MeterKind.Cumulative)]
    [InlineData("x", 0, MeterKind.Gauge)]
    [InlineData("x", 1, MeterKind.Cumulative)]
    [InlineData("x_total", 2, MeterKind.Gauge)]
    public async Task Metadata_tells_the_kind_and_else_the_name(string name, ulong type, MeterKind kind)
    {
        var some = new SomeWrite();
        await some.TakeAsync(wire =>
        {
            if (type > 0)
            {
                SomeWrite.Metadata(wire, name, type);
            }

            SomeWrite.Series(wire, $"__name__={name}", 1);
        });
        Assert.Equal(kind, Assert.Single(some.Outlets.Sink.Samples).Context.Kind);
    }

    [Fact]
    public async Task A_count_of_a_gauge_is_no_counter_and_late_metadata_counts()
    {
        var some = new SomeWrite();
        await some.TakeAsync(wire => SomeWrite.Series(wire, "__name__=pool_count", 1));
        await some.TakeAsync(wire => SomeWrite.Metadata(wire, "pool", 2));
        await some.TakeAsync(wire => SomeWrite.Series(wire, "__name__=pool_count", 2));
        await some.TakeAsync(wire => SomeWrite.Series(wire, "__name__=pool_count", 3));
        Assert.Equal(
            [MeterKind.Cumulative, MeterKind.Gauge, MeterKind.Gauge],
            some.Outlets.Sink.Samples.Select(sample => sample.Context.Kind));
        Assert.Same(some.Outlets.Sink.Samples[1].Context, some.Outlets.Sink.Samples[2].Context);
    }

    [Fact]
    public async Task An_end_of_series_and_what_is_no_number_are_passed_over()
    {
        var some = new SomeWrite();
        var stale = BitConverter.UInt64BitsToDouble(0x7ff0_0000_0000_0002);
        var result = await some.TakeAsync(wire =>
            SomeWrite.Series(wire, "__name__=up", 1, stale, double.NaN, double.PositiveInfinity, 2));
        Assert.Equal(new RemoteWriteResult(2, 1, 2, 0, null, false), result);
        Assert.Equal([1, 2], some.Outlets.Sink.Samples.Select(sample => sample.Volume));
    }

    [Fact]
    public async Task Good_series_are_taken_beside_bad_ones()
    {
        var some = new SomeWrite(new RemoteWriteLimits { LabelsMax = 3 });
        var result = await some.TakeAsync(wire =>
        {
            SomeWrite.Series(wire, "__name__=a", 1);
            SomeWrite.Series(wire, "job=a", 1);
            SomeWrite.Series(wire, "__name__=a,x=1,x=2", 1);
            SomeWrite.Series(wire, "__name__=a,p=1,q=2,r=3", 1);
            SomeWrite.Series(wire, "__name__=b", 1);
        });
        Assert.Equal((2, 3, false), (result.Samples, result.Refused, result.IsMalformed));
        Assert.Equal(
            "a series has no label '__name__'; label 'x' occurs twice in one series; a series has more than 3 labels",
            result.Message);
        Assert.Equal(["a", "b"], some.Outlets.Sink.Samples.Select(sample => sample.Series.Meter));
    }

    [Fact]
    public async Task Labels_may_follow_samples_and_order_does_not_matter()
    {
        var some = new SomeWrite();
        await some.TakeAsync(wire =>
        {
            var series = wire.Open(1);
            SomeWrite.Labels(wire, "__name__=m");
            SomeWrite.Sample(wire, 5, SomeWrite.AtMs);
            SomeWrite.Labels(wire, "host=h");
            wire.Close(series);
        });
        await some.TakeAsync(wire => SomeWrite.Series(wire, "host=h,__name__=m", 1));
        Assert.Equal(["m h {host=h} gauge  5", "m h {host=h} gauge  1"], some.Outlets.Lines);
        Assert.Equal(1, some.Outlets.Catalog.Count);
    }

    [Fact]
    public async Task A_native_histogram_gives_count_and_sum()
    {
        var some = new SomeWrite();
        await some.TakeAsync(wire =>
        {
            var series = wire.Open(1);
            SomeWrite.Labels(wire, "__name__=wait,job=web");
            var histogram = wire.Open(4);
            wire.Varint(1, 6);
            wire.Double(3, 4.5);
            wire.Varint(15, SomeWrite.AtMs);
            wire.Close(histogram);
            wire.Close(series);
        });
        Assert.Equal(
            ["wait_count web {job=web} cumulative  6", "wait_sum web {job=web} cumulative  4.5"], some.Outlets.Lines);
    }

    [Fact]
    public async Task More_samples_than_a_batch_holds_come_in_several()
    {
        var some = new SomeWrite();
        var values = Enumerable.Range(0, 10_000).Select(i => (double)i).ToArray();
        await some.TakeAsync(wire => SomeWrite.Series(wire, "__name__=m", values));
        Assert.Equal(values, some.Outlets.Sink.Samples.Select(sample => sample.Volume));
        Assert.All(some.Outlets.Sink.BatchCounts, count => Assert.InRange(count, 1, SampleBatch.CountMax));
    }

    [Fact]
    public async Task What_is_not_Snappy_or_too_large_is_malformed()
    {
        var some = new SomeWrite(new RemoteWriteLimits { UnpackedBytesMax = 100 });
        var result = await some.Receiver.TakeAsync(new byte[] { 9, 0xff, 0xff, 0xff }, default);
        Assert.Equal(("the body is no block of Snappy", true), (result.Message, result.IsMalformed));
        result = await some.Receiver.TakeAsync(Snappy.CompressToArray(new byte[101]), default);
        Assert.Equal("the body unpacks to 101 bytes; at most 100 are taken", result.Message);
        result = await some.Receiver.TakeAsync(Array.Empty<byte>(), default);
        Assert.True(result.IsMalformed);
        result = await some.TakeAsync(wire => wire.Raw(0x0b));
        Assert.Equal(
            "the request is no WriteRequest in protobuf; 0 samples before the fault were taken", result.Message);
    }

    [Fact]
    public void Any_bytes_are_read_or_refused()
    {
        Gen.Byte.Array[0, 200].Sample(body => Take(body), iter: 5_000);
        Gen.Byte.Array[0, 200].Sample(body => Take(Snappy.CompressToArray(body)), iter: 10_000);
    }

    [Fact]
    public void A_request_with_bytes_changed_is_read_or_refused()
    {
        var wire = new WireWriter();
        SomeWrite.Series(wire, "__name__=m,instance=h:1", 1, 2, 3);
        SomeWrite.Metadata(wire, "m", 1);
        var whole = wire.Written.ToArray();
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte, Gen.Int[0, whole.Length]).Sample((at, value, length) =>
        {
            var body = whole.ToArray();
            body[at] = value;
            Take(Snappy.CompressToArray(body.AsSpan(0, length)));
        }, iter: 20_000);
    }

    private static void Take(byte[] body)
    {
        var result = new SomeWrite().Receiver.TakeAsync(body, default).Result;
        Assert.InRange(result.Samples, 0, 1000);
    }
}

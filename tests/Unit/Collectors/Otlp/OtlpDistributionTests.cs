using System.Buffers.Binary;
using Ops.Collectors.Wire;
using Xunit;

namespace Ops.Unit.Collectors.Otlp;

public sealed class OtlpDistributionTests
{
    [Fact]
    public async Task A_histogram_becomes_count_sum_and_buckets_that_hold_those_below()
    {
        var some = new SomeOtlp();
        var result = await some.MetricAsync(wire => SomeOtlp.Metric(wire, "wait", "s", 9, to =>
            Histogram(to, [2, 3, 1], [0.1, 1]), temporality: 2));
        Assert.Equal(1, result.Accepted);
        Assert.Equal(
            [
                "wait.count shop {route=/,service.name=shop} cumulative  6",
                "wait.sum shop {route=/,service.name=shop} cumulative s 4.5",
                "wait.min shop {route=/,service.name=shop} gauge s 0.01",
                "wait.max shop {route=/,service.name=shop} gauge s 2.5",
                "wait.bucket shop {le=0.1,route=/,service.name=shop} cumulative  2",
                "wait.bucket shop {le=1,route=/,service.name=shop} cumulative  5",
                "wait.bucket shop {le=+Inf,route=/,service.name=shop} cumulative  6",
            ],
            some.Outlets.Lines);
        Assert.Equal(("wait", "bucket"),
            (some.Outlets.Sink.Samples[^1].Series.Measurement, some.Outlets.Sink.Samples[^1].Series.Field));
    }

    [Fact]
    public async Task Other_bounds_make_other_series()
    {
        var some = new SomeOtlp();
        foreach (var bound in new[] { 1.0, 2, 1 })
        {
            await some.MetricAsync(wire => SomeOtlp.Metric(wire, "wait", "s", 9, to =>
                Histogram(to, [1, 1], [bound]), temporality: 1));
        }

        Assert.Equal(
            ["le=1", "le=+Inf", "le=2", "le=+Inf", "le=1", "le=+Inf"],
            some.Outlets.Sink.Samples.Where(sample => sample.Series.Meter == "wait.bucket")
                .Select(sample => "le=" + sample.Series.Dimensions["le"]));
        Assert.All(some.Outlets.Lines.Where(line => line.StartsWith("wait.count", StringComparison.Ordinal)),
            line => Assert.Contains(" delta ", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_histogram_may_have_no_buckets()
    {
        var some = new SomeOtlp();
        await some.MetricAsync(wire => SomeOtlp.Metric(
            wire, "wait", "s", 9, to => Histogram(to, [], []), temporality: 2));
        Assert.Equal(["wait.count", "wait.sum", "wait.min", "wait.max"],
            some.Outlets.Sink.Samples.Select(sample => sample.Series.Meter));
    }

    [Fact]
    public async Task Buckets_and_bounds_must_fit()
    {
        var some = new SomeOtlp();
        var result = await some.MetricAsync(wire => SomeOtlp.Metric(wire, "wait", "s", 9, to =>
        {
            Histogram(to, [1, 2], [0.1, 1]);
            Histogram(to, new ulong[1025], new double[1024]);
        }, temporality: 2));
        Assert.Equal(2, result.Rejected);
        Assert.Equal(
            "metric 'wait': 2 buckets need 1 bounds, found 2; metric 'wait': 1025 buckets are too many; at most 1024 "
            + "are allowed",
            result.Message);
        Assert.Empty(some.Outlets.Sink.Samples);
    }

    [Fact]
    public async Task An_exponential_histogram_becomes_count_sum_least_and_greatest()
    {
        var some = new SomeOtlp();
        await some.MetricAsync(wire => SomeOtlp.Metric(wire, "wait", "s", 10, to =>
        {
            var point = to.Open(1);
            SomeOtlp.Attributes(to, 1, ("route", "/"));
            to.Fixed64(3, SomeOtlp.At);
            to.Fixed64(4, 6);
            to.Double(5, 4.5);
            to.Varint(6, 20);
            to.Double(12, 0.01);
            to.Double(13, 2.5);
            to.Close(point);
        }, temporality: 1));
        Assert.Equal(
            [
                "wait.count shop {route=/,service.name=shop} delta  6",
                "wait.sum shop {route=/,service.name=shop} delta s 4.5",
                "wait.min shop {route=/,service.name=shop} gauge s 0.01",
                "wait.max shop {route=/,service.name=shop} gauge s 2.5",
            ],
            some.Outlets.Lines);
    }

    [Fact]
    public async Task A_summary_becomes_count_sum_and_quantiles()
    {
        var some = new SomeOtlp();
        await some.MetricAsync(wire => SomeOtlp.Metric(wire, "wait", "s", 11, to =>
        {
            var point = to.Open(1);
            to.Fixed64(3, SomeOtlp.At);
            to.Fixed64(4, 6);
            to.Double(5, 4.5);
            foreach (var (quantile, value) in new[] { (0.5, 1.0), (0.99, 2.0), (1, double.NaN) })
            {
                var pair = to.Open(6);
                to.Double(1, quantile);
                to.Double(2, value);
                to.Close(pair);
            }

            to.Close(point);
        }));
        Assert.Equal(
            [
                "wait.count shop {service.name=shop} cumulative  6",
                "wait.sum shop {service.name=shop} cumulative s 4.5",
                "wait shop {quantile=0.5,service.name=shop} gauge s 1",
                "wait shop {quantile=0.99,service.name=shop} gauge s 2",
            ],
            some.Outlets.Lines);
    }

    private static void Histogram(WireWriter wire, ulong[] counts, double[] bounds)
    {
        var point = wire.Open(1);
        wire.Fixed64(3, SomeOtlp.At);
        wire.Fixed64(4, (ulong)counts.Sum(count => (long)count));
        wire.Double(5, 4.5);
        var packed = new byte[counts.Length * 8];
        for (var i = 0; i < counts.Length; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(packed.AsSpan(i * 8), counts[i]);
        }

        wire.Bytes(6, packed);
        packed = new byte[bounds.Length * 8];
        for (var i = 0; i < bounds.Length; i++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(packed.AsSpan(i * 8), bounds[i]);
        }

        wire.Bytes(7, packed);
        SomeOtlp.Attributes(wire, 9, ("route", "/"));
        wire.Double(11, 0.01);
        wire.Double(12, 2.5);
        wire.Close(point);
    }
}

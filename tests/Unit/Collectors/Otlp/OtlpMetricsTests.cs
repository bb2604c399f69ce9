using Ops.Collectors.Otlp;
using Ops.Collectors.Wire;
using Ops.Model;
using Xunit;

namespace Ops.Unit.Collectors.Otlp;

public sealed class OtlpMetricsTests
{
    [Theory]
    [InlineData(5, 0, false, "gauge")]
    [InlineData(7, 2, true, "cumulative")]
    [InlineData(7, 2, false, "gauge")]
    [InlineData(7, 1, true, "delta")]
    [InlineData(7, 1, false, "delta")]
    public async Task Shape_and_temporality_make_the_kind(int shape, int temporality, bool isMonotonic, string kind)
    {
        var some = new SomeOtlp();
        var result = await some.MetricAsync(wire => SomeOtlp.Metric(
            wire, "queue.length", "{item}", shape, to => SomeOtlp.Number(to, 4.5, ("queue", "mail")),
            (ulong)temporality, isMonotonic));
        Assert.Equal(new OtlpResult(1, 0, null, false), result);
        Assert.Equal(
            $"queue.length shop {{queue=mail,service.name=shop}} {kind} {{item}} 4.5",
            Assert.Single(some.Outlets.Lines));
        Assert.Equal(SomeOtlp.At, some.Outlets.Sink.Samples[0].TimestampNs);
        Assert.Equal("otlp", some.Outlets.Sink.Samples[0].Context.Source);
    }

    [Fact]
    public async Task Whole_numbers_are_signed()
    {
        var some = new SomeOtlp();
        await some.MetricAsync(wire => SomeOtlp.Metric(wire, "m", "", 5, to =>
        {
            var point = to.Open(1);
            to.Fixed64(6, unchecked((ulong)-7L));
            to.Close(point);
        }));
        var sample = Assert.Single(some.Outlets.Sink.Samples);
        Assert.Equal((-7.0, some.Outlets.Time.GetUtcNow().ToUnixNs()), (sample.Volume, sample.TimestampNs));
    }

    [Fact]
    public async Task A_sum_that_does_not_say_what_it_sums_is_rejected()
    {
        var some = new SomeOtlp();
        var result = await some.MetricAsync(wire => SomeOtlp.Metric(wire, "m", "", 7, to =>
        {
            SomeOtlp.Number(to, 1);
            SomeOtlp.Number(to, 2);
        }));
        Assert.Equal(
            new OtlpResult(0, 2, "metric 'm' does not say whether it is delta or cumulative", false), result);
    }

    [Fact]
    public async Task Values_that_are_no_numbers_are_rejected_and_absent_ones_passed_over()
    {
        var some = new SomeOtlp();
        var result = await some.MetricAsync(wire => SomeOtlp.Metric(wire, "m", "", 5, to =>
        {
            SomeOtlp.Number(to, double.NaN);
            var point = to.Open(1);
            to.Varint(8, 1);
            to.Close(point);
            SomeOtlp.Number(to, 3);
        }));
        Assert.Equal(new OtlpResult(2, 1, "metric 'm': a value is no finite number", false), result);
        Assert.Equal(3, Assert.Single(some.Outlets.Sink.Samples).Volume);
    }

    [Theory]
    [InlineData("service.instance.id=i-1 service.name=shop host.name=h", "i-1", "otel.service")]
    [InlineData("service.name=shop service.namespace=eu host.id=7", "eu/shop", "otel.service")]
    [InlineData("host.id=7 host.name=h", "7", "machine")]
    [InlineData("host.name=h", "h", "machine")]
    [InlineData("other=x", "otlp", null)]
    [InlineData("", "otlp", null)]
    public async Task The_resource_is_named_by_its_attributes(string attributes, string id, string? type)
    {
        var some = new SomeOtlp();
        var pairs = attributes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('='))
            .Select(pair => (pair[0], pair[1])).ToArray();
        await some.MetricsAsync(SomeOtlp.Request(
            wire => SomeOtlp.Metric(wire, "m", "", 5, to => SomeOtlp.Number(to, 1)), pairs));
        var sample = Assert.Single(some.Outlets.Sink.Samples);
        Assert.Equal((id, type), (sample.Series.ResourceId, sample.Context.ResourceType));
    }

    [Fact]
    public async Task A_service_is_observed_once_on_its_host()
    {
        var some = new SomeOtlp();
        var body = SomeOtlp.Request(
            wire => SomeOtlp.Metric(wire, "m", "", 5, to => SomeOtlp.Number(to, 1)),
            ("service.name", "shop"), ("service.version", "1.2"), ("host.name", "Node-1"));
        await some.MetricsAsync(body);
        await some.MetricsAsync(body);
        var seen = Assert.Single(some.Outlets.Sink.Observations);
        Assert.Equal(
            (new EntityRef("otel.service", "shop"), "shop", "otlp"), (seen.Entity, seen.Name, seen.Datasource));
        Assert.Equal("1.2", seen.Properties["version"]);
        Assert.Equal(
            new ObservedRelation("on", RelationDirection.Out, new EntityRef("machine", "node-1")),
            Assert.Single(seen.Relations));

        var silent = new SomeOtlp(new OtlpOptions { Observe = false });
        await silent.MetricsAsync(body);
        Assert.Empty(silent.Outlets.Sink.Observations);
    }

    [Fact]
    public async Task The_four_operations_shape_the_dimensions_in_order()
    {
        var some = new SomeOtlp(new OtlpOptions
        {
            Attributes =
            [
                new AttributeOperation(AttributeVerb.Drop, "process.*"),
                new AttributeOperation(AttributeVerb.Rename, "service.name", "app"),
                new AttributeOperation(AttributeVerb.Set, "site", "north"),
                new AttributeOperation(AttributeVerb.Keep, "[!x]*"),
            ],
        });
        await some.MetricAsync(wire => SomeOtlp.Metric(wire, "m", "", 5, to => SomeOtlp.Number(
            to, 1, ("process.pid", "7"), ("xtra", "1"), ("route", "/"))));
        Assert.Equal("m shop {app=shop,route=/,site=north} gauge  1", Assert.Single(some.Outlets.Lines));
    }

    [Fact]
    public async Task Attributes_may_stand_between_other_fields()
    {
        var some = new SomeOtlp();
        await some.MetricAsync(wire => SomeOtlp.Metric(wire, "m", "", 5, to =>
        {
            var point = to.Open(1);
            SomeOtlp.Attributes(to, 7, ("a", "1"));
            to.Double(4, 2);
            SomeOtlp.Attributes(to, 7, ("b", "2"));
            to.Close(point);
            SomeOtlp.Number(to, 3, ("a", "1"), ("b", "2"));
        }));
        Assert.Equal(2, some.Outlets.Sink.Samples.Count);
        Assert.Same(some.Outlets.Sink.Samples[0].Series, some.Outlets.Sink.Samples[1].Series);
    }

    [Fact]
    public async Task Description_may_follow_what_it_describes()
    {
        var some = new SomeOtlp();
        var wire = new WireWriter();
        var resources = wire.Open(1);
        var scopes = wire.Open(2);
        var metric = wire.Open(2);
        var sum = wire.Open(7);
        SomeOtlp.Number(wire, 5);
        wire.Varint(3, 1);
        wire.Varint(2, 2);
        wire.Close(sum);
        wire.Text(1, "late");
        wire.Close(metric);
        var scope = wire.Open(1);
        wire.Text(1, "lib");
        wire.Close(scope);
        wire.Close(scopes);
        var resource = wire.Open(1);
        SomeOtlp.Attributes(wire, 1, ("service.name", "shop"));
        wire.Close(resource);
        wire.Close(resources);
        await some.MetricsAsync(wire.Written);
        Assert.Equal(
            "late shop {otel.scope.name=lib,service.name=shop} cumulative  5", Assert.Single(some.Outlets.Lines));
    }

    [Fact]
    public async Task More_points_than_a_batch_holds_come_in_several()
    {
        var some = new SomeOtlp();
        var result = await some.MetricAsync(wire => SomeOtlp.Metric(wire, "m", "", 5, to =>
        {
            for (var i = 0; i < 10_000; i++)
            {
                SomeOtlp.Number(to, i, ("n", (i % 10).ToString(System.Globalization.CultureInfo.InvariantCulture)));
            }
        }));
        Assert.Equal(10_000, result.Accepted);
        Assert.Equal(10_000, some.Outlets.Sink.Samples.Count);
        Assert.All(some.Outlets.Sink.BatchCounts, count => Assert.InRange(count, 1, SampleBatch.CountMax));
        Assert.Equal(
            Enumerable.Range(0, 10_000).Select(i => (double)i),
            some.Outlets.Sink.Samples.Select(sample => sample.Volume));
        Assert.Equal(10, some.Outlets.Catalog.Count);
    }

    [Fact]
    public async Task Too_much_is_rejected_by_name()
    {
        var some = new SomeOtlp(limits: new OtlpLimits { AttributesMax = 2, SeriesMax = 1, AttributeBytesMax = 60 });
        var result = await some.MetricAsync(wire => SomeOtlp.Metric(wire, "m", "", 5, to =>
        {
            SomeOtlp.Number(to, 1, ("a", "1"), ("b", "2"));
            SomeOtlp.Number(to, 1, ("a", new string('x', 100)));
            SomeOtlp.Number(to, 1, ("a", "1"));
            SomeOtlp.Number(to, 1, ("a", "2"));
        }));
        Assert.Equal((1, 3), (result.Accepted, result.Rejected));
        Assert.Equal(
            "metric 'm': a point has more than 2 attributes; metric 'm': the attributes of a point have 117 bytes; at "
            + "most 60 are allowed; 1 series are known, which is the most, and 'm' would be a new one",
            result.Message);
    }

    [Fact]
    public async Task A_repeated_point_allocates_nothing()
    {
        var some = new SomeOtlp();
        var body = SomeOtlp.Request(wire => SomeOtlp.Metric(wire, "m", "1", 5, to =>
        {
            for (var i = 0; i < 1000; i++)
            {
                SomeOtlp.Number(to, i, ("route", "/"), ("n", "1"));
            }
        }), ("service.name", "shop"));
        var cache = new OtlpCache(some.Outlets.Catalog, new OtlpOptions(), new OtlpLimits());
        using var batch = new SampleBatch(SampleBatch.CountMax);
        Fill();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Fill();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.InRange(allocated, 0, 40_000);

        void Fill()
        {
            batch.Clear();
            new MetricsPass(cache, new OtlpLimits(), 1).Fill(body, batch);
            Assert.Equal(1000, batch.Count);
        }
    }
}

using System.Text;
using Ops.Collectors.Scrape;
using Ops.Model;
using Xunit;

namespace Ops.Unit.Collectors.Scrape;

public sealed class TargetSeriesTests
{
    private static readonly ScrapeTarget Target = new(new Uri("http://web-1:9100/metrics"));

    [Theory]
    [InlineData("counter", "x_total", MeterKind.Cumulative)]
    [InlineData("counter", "x", MeterKind.Cumulative)]
    [InlineData("counter", "x_created", MeterKind.Gauge)]
    [InlineData("gauge", "x", MeterKind.Gauge)]
    [InlineData("untyped", "x", MeterKind.Gauge)]
    [InlineData("histogram", "x_bucket{le=\"+Inf\"}", MeterKind.Cumulative)]
    [InlineData("histogram", "x_sum", MeterKind.Cumulative)]
    [InlineData("histogram", "x_count", MeterKind.Cumulative)]
    [InlineData("summary", "x{quantile=\"0.5\"}", MeterKind.Gauge)]
    [InlineData("summary", "x_sum", MeterKind.Cumulative)]
    [InlineData("summary", "x_count", MeterKind.Cumulative)]
    [InlineData("gaugehistogram", "x_gcount", MeterKind.Gauge)]
    [InlineData("gaugehistogram", "x_bucket{le=\"1\"}", MeterKind.Gauge)]
    [InlineData("info", "x_info", MeterKind.Gauge)]
    [InlineData("stateset", "x{x=\"a\"}", MeterKind.Gauge)]
    public void The_kind_follows_from_type_and_ending(string type, string series, MeterKind kind)
    {
        var point = Read(new TargetSeries(Target, 100), $"# TYPE x {type}\n{series} 1\n").Points.Single();
        Assert.Equal(kind, point.Series.Context.Kind);
    }

    [Theory]
    [InlineData("# TYPE x_bytes gauge\nx_bytes 1", "B")]
    [InlineData("# TYPE x_seconds_total counter\nx_seconds_total 1", "s")]
    [InlineData("# TYPE x_seconds histogram\nx_seconds_sum 1", "s")]
    [InlineData("# TYPE x_seconds histogram\nx_seconds_count 1", "")]
    [InlineData("# TYPE x_seconds histogram\nx_seconds_bucket{le=\"1\"} 1", "")]
    [InlineData("# TYPE x gauge\n# UNIT x bytes\nx 1", "B")]
    [InlineData("# TYPE x gauge\n# UNIT x parsecs\nx 1", "parsecs")]
    [InlineData("x 1", "")]
    public void The_unit_is_declared_or_follows_from_the_name(string text, string unit) =>
        Assert.Equal(unit, Read(new TargetSeries(Target, 100), text + "\n").Points.Single().Series.Context.Unit);

    [Fact]
    public void The_resource_is_the_instance_and_labels_are_kept()
    {
        var points = Read(new TargetSeries(Target, 100), "a{b=\"c\"} 1\na{instance=\"db-1:5432\"} 2\n").Points;
        Assert.Equal(["web-1:9100", "db-1:5432"], points.Select(point => point.Series.ResourceId));
        Assert.Equal(["b=c", "instance=db-1:5432"], points.Select(point => point.Series.Labels.ToString()));
        Assert.Equal(["prometheus.target", null], points.Select(point => point.Series.Context.ResourceType));
        Assert.Equal("c", points[0].Series.Context.Metadata["b"]);
    }

    [Fact]
    public void Labels_of_the_target_win()
    {
        var target = Target with
        {
            Labels = [KeyValuePair.Create("env", "prod"), KeyValuePair.Create("instance", "web")],
        };
        var series = Read(new TargetSeries(target, 100), "a{env=\"x\",instance=\"y\",z=\"1\"} 1\n").Points[0].Series;
        Assert.Equal("env=prod,exported_env=x,exported_instance=y,instance=web,z=1", series.Labels.ToString());
        Assert.Equal("web", series.ResourceId);
    }

    [Fact]
    public void Only_metrics_that_the_patterns_keep_are_given()
    {
        var target = Target with { Keep = ["node_*", "up"], Drop = ["node_debug*"] };
        var series = Read(new TargetSeries(target, 100), "node_a 1\nnode_debug_b 1\ngo_c 1\nup 1\n");
        Assert.Equal(["node_a", "up"], series.Points.Select(point => point.Series.Name));
        Assert.Equal((4, 4, 0), (series.Scraped, series.Added, series.Dropped));
    }

    [Fact]
    public void A_series_that_is_known_stays_the_same_object_in_any_order()
    {
        var series = new TargetSeries(Target, 100);
        var first = Read(series, "a 1\nb{x=\"1\"} 2\nc 3\n").Points.ToDictionary(p => p.Series.Name, p => p.Series);
        foreach (var text in new[] { "c 1\na 1\nb{x=\"1\"} 1\n", "b{x=\"1\"} 1\nc 1\na 1\n" })
        {
            Assert.All(Read(series, text).Points, point => Assert.Same(first[point.Series.Name], point.Series));
            Assert.Equal(0, series.Added);
        }
    }

    [Fact]
    public void Series_that_come_and_go_are_counted_and_in_the_end_forgotten()
    {
        var series = new TargetSeries(Target, 100);
        Read(series, "a 1\nb 1\nc 1\n");
        Assert.Equal((3, 0), (series.Added, series.Vanished));
        Read(series, "a 1\nd 1\n");
        Assert.Equal((1, 2), (series.Added, series.Vanished));
        Read(series, "a 1\nb 1\n");
        Assert.Equal((0, 1), (series.Added, series.Vanished));
        for (var i = 0; i < 12; i++)
        {
            Read(series, "a 1\n");
        }

        Assert.Equal(1, series.Count);
        Assert.Equal(1, Read(series, "a 1\nb 2\n").Added);
        Assert.Equal(2, series.Points.Count);
    }

    [Fact]
    public void NaN_infinite_and_repeated_values_are_dropped_and_counted()
    {
        var series = Read(new TargetSeries(Target, 100), "a NaN\nb +Inf\nc 1\nc 2\n");
        Assert.Equal([1.0], series.Points.Select(point => point.Value));
        Assert.Equal((4, 3), (series.Scraped, series.Dropped));
        Read(series, "a NaN\nb 1\nc 1\n");
        Assert.Equal(0, series.Vanished);
    }

    [Fact]
    public void One_faulty_line_refuses_the_whole_text()
    {
        var series = new TargetSeries(Target, 100);
        Read(series, "a 1\n");
        Assert.Equal("line 2: 'x' is no value: 'b x'", series.Read("a 1\nb x\n"u8, false));
        Assert.Empty(series.Points);
        Assert.Equal("line 1: 'b' is no label: 'a{b} 1'", series.Read("a{b} 1\n"u8, false));
        Assert.Single(Read(series, "a 1\n").Points);
        Assert.Equal(0, series.Vanished);
    }

    [Fact]
    public void More_series_than_may_be_are_refused()
    {
        var series = new TargetSeries(Target, 2);
        Assert.Equal("it shows more than 2 series", series.Read("a 1\nb 1\nc 1\n"u8, false));
        Assert.Equal("it shows more than 2 series", new TargetSeries(Target, 2).Read(
            "# TYPE a gauge\n# TYPE b gauge\n# TYPE c gauge\n"u8, false));
    }

    [Fact]
    public void A_type_that_changes_makes_a_new_context_and_no_other_does()
    {
        var series = new TargetSeries(Target, 100);
        var one = Read(series, "# TYPE a gauge\na 1\n").Points[0].Series.Context;
        Assert.Same(one, Read(series, "# TYPE a gauge\na 1\n").Points[0].Series.Context);
        var other = Read(series, "# TYPE a counter\na 1\n").Points[0].Series.Context;
        Assert.Equal((MeterKind.Gauge, MeterKind.Cumulative), (one.Kind, other.Kind));
    }

    [Fact]
    public void Reading_known_series_again_allocates_nothing()
    {
        var text = new StringBuilder("# HELP m What.\n# TYPE m counter\n");
        for (var i = 0; i < 1000; i++)
        {
            text.Append(null, $"m{{cpu=\"{i}\",mode=\"idle\"}} {i}.25\n");
        }

        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        var series = new TargetSeries(Target, 10_000);
        for (var i = 0; i < 3; i++)
        {
            Assert.Null(series.Read(bytes, false));
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Null(series.Read(bytes, false));
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(1000, series.Points.Count);
    }

    private static TargetSeries Read(TargetSeries series, string text)
    {
        Assert.Null(series.Read(Encoding.UTF8.GetBytes(text), false));
        return series;
    }
}

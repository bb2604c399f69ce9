using Ops.Collectors.InfluxLine;
using Ops.Model;
using Xunit;

namespace Ops.Unit.Collectors.InfluxLine;

public class LineProtocolSyntaxTests
{
    [Fact]
    public void A_point_is_a_sample_of_measurement_and_field_on_its_host()
    {
        var sample = new SomeReader().One("cpu,host=web1,cpu=0 usage_idle=97.5 1700000000000000001");
        Assert.Equal("cpu.usage_idle", sample.Series.Meter);
        Assert.Equal("web1", sample.Series.ResourceId);
        Assert.Equal("cpu", sample.Series.Measurement);
        Assert.Equal("usage_idle", sample.Series.Field);
        Assert.Equal("db", sample.Series.Database);
        Assert.Equal(Tags.Of(("cpu", "0"), ("host", "web1")), sample.Series.Dimensions);
        Assert.Equal(97.5, sample.Volume);
        Assert.Equal(1700000000000000001, sample.TimestampNs);
        Assert.Equal(MeterKind.Gauge, sample.Context.Kind);
        Assert.Equal("web1", sample.Context.Metadata["host"]);
        Assert.True(double.IsNaN(sample.MonotonicSeconds));
    }

    [Theory]
    [InlineData("m value=1", "m", "m")]
    [InlineData("m,host=h value=1", "m", "h")]
    [InlineData("m,host=h,resource_id=r f=1", "m.f", "r")]
    public void The_resource_is_the_tag_resource_id_else_host_else_the_measurement(string line, string meter,
        string resource)
    {
        var series = new SomeReader().One(line).Series;
        Assert.Equal((meter, resource), (series.Meter, series.ResourceId));
    }

    [Fact]
    public void Owner_tags_become_the_owner()
    {
        var context = new SomeReader().One("m,project_id=p,user_id=u,resource_name=n value=1").Context;
        Assert.Equal(("p", "u", "n"), (context.ProjectId, context.UserId, context.ResourceName));
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData("-1", -1)]
    [InlineData("1i", 1)]
    [InlineData("-42i", -42)]
    [InlineData("42u", 42)]
    [InlineData("18446744073709551615u", 18446744073709551615d)]
    [InlineData("9223372036854775807i", 9223372036854775807d)]
    [InlineData("0.1", 0.1)]
    [InlineData(".5", 0.5)]
    [InlineData("5.", 5)]
    [InlineData("-0.25", -0.25)]
    [InlineData("1e3", 1000)]
    [InlineData("1.5E-3", 0.0015)]
    [InlineData("1e+22", 1e22)]
    [InlineData("3.141592653589793", 3.141592653589793)]
    [InlineData("123456789012345678901234567890", 1.2345678901234568e29)]
    [InlineData("0.000000000000000000000000000001", 1e-30)]
    [InlineData("9007199254740993", 9007199254740992)]
    [InlineData("t", 1)]
    [InlineData("T", 1)]
    [InlineData("true", 1)]
    [InlineData("True", 1)]
    [InlineData("TRUE", 1)]
    [InlineData("f", 0)]
    [InlineData("F", 0)]
    [InlineData("false", 0)]
    [InlineData("False", 0)]
    [InlineData("FALSE", 0)]
    public void Every_form_of_number_and_truth_is_read(string text, double expected)
    {
        Assert.Equal(expected, new SomeReader().One($"m value={text}").Volume);
        Assert.Equal(expected, new SomeReader().One($"m value={text} 5").Volume);
    }

    [Fact]
    public void Escapes_in_names_are_undone()
    {
        var series = new SomeReader().One(@"my\ m\,x\=y,ta\ g\==v\,a\ l\=,p=C:\dir fi\ e\=ld\,=1").Series;
        Assert.Equal(@"my m,x\=y", series.Measurement);
        Assert.Equal("fi e=ld,", series.Field);
        Assert.Equal(@"my m,x\=y.fi e=ld,", series.Meter);
        Assert.Equal("v,a l=", series.Dimensions["ta g="]);
        Assert.Equal(@"C:\dir", series.Dimensions["p"]);
    }

    [Fact]
    public void Text_fields_are_passed_over_and_counted()
    {
        var some = new SomeReader();
        var result = some.Read("m a=\"x, y = \\\"z\\\" \\\\\",b=2,c=\"\" 7\nm d=\"only text\"\n");
        Assert.Null(result.ErrorText());
        Assert.Equal((2, 1, 3), (result.Accepted, result.Samples, result.TextFieldsSkipped));
        Assert.Equal("m.b", Assert.Single(some.Samples).Series.Meter);
        Assert.Equal(7, some.Samples[0].TimestampNs);
    }

    [Fact]
    public void A_line_end_within_quotes_is_part_of_the_text()
    {
        var some = new SomeReader();
        var result = some.Read("m a=\"one\ntwo\",b=1 5\nm b=2 6");
        Assert.Null(result.ErrorText());
        Assert.Equal([1, 2], some.Samples.Select(sample => sample.Volume));
    }

    [Fact]
    public void Blank_lines_comments_and_carriage_returns_are_passed_over()
    {
        var some = new SomeReader();
        var result = some.Read("\n# a comment, with \"one quote\r\n\r\n  m value=1 5\r\n   \nm value=2 6  \n");
        Assert.Null(result.ErrorText());
        Assert.Equal((2, 0), (result.Accepted, result.Refused));
        Assert.Equal([5, 6], some.Samples.Select(sample => sample.TimestampNs));
    }

    [Fact]
    public void Fields_of_a_line_share_time_and_context_in_any_order()
    {
        var some = new SomeReader();
        some.Read("m,host=h a=1,b=2,c=3 5\nm,host=h c=6,a=4,b=5 6\nm,host=h b=7 7\n");
        Assert.Equal(
            ["m.a=1", "m.b=2", "m.c=3", "m.c=6", "m.a=4", "m.b=5", "m.b=7"],
            some.Samples.Select(sample => $"{sample.Series.Meter}={sample.Volume}"));
        Assert.Equal(3, some.Catalog.Count);
        Assert.Single(some.Samples.Select(sample => sample.Context).Distinct());
    }

    [Fact]
    public void Tags_in_another_order_are_the_same_series()
    {
        var some = new SomeReader();
        some.Read("m,a=1,b=2 value=1\nm,b=2,a=1 value=1");
        Assert.Same(some.Samples[0].Series, some.Samples[1].Series);
    }

    [Fact]
    public void Databases_keep_their_series_apart()
    {
        var some = new SomeReader();
        some.Read("m value=1", database: "one");
        some.Read("m value=1", database: "two");
        some.Read("m value=1", database: null);
        Assert.Equal(["one", "two", null], some.Samples.Select(sample => sample.Series.Database));
    }

    [Theory]
    [InlineData("", 1700000000)]
    [InlineData("us", 1700000000_000)]
    [InlineData("ms", 1700000000_000_000)]
    [InlineData("s", 1700000000_000_000_000)]
    [InlineData("m", 1700000_000_000_000 * 60)]
    public void Timestamps_count_the_unit_that_was_named(string word, long expectedNs)
    {
        Assert.True(TimestampPrecisions.TryParse(word, out var precision));
        var some = new SomeReader();
        some.Read(word == "m" ? "m value=1 1700000" : "m value=1 1700000000", precision);
        Assert.Equal(word == "m" ? 1700000L * 60_000_000_000 : expectedNs, some.Samples[0].TimestampNs);
    }

    [Fact]
    public void A_line_without_time_bears_the_present_cut_to_the_unit()
    {
        var some = new SomeReader();
        some.Read("m value=1");
        some.Read("m value=1", TimestampPrecision.Seconds);
        some.Read("m value=1", TimestampPrecision.Hours);
        var whole = SomeReader.Now.ToUnixNs();
        Assert.Equal([whole, whole - 123_000_000, whole - 123_000_000],
            some.Samples.Select(sample => sample.TimestampNs));
    }

    [Theory]
    [InlineData("n", true)]
    [InlineData("h", true)]
    [InlineData("\u00b5s", true)]
    [InlineData("sec", false)]
    public void Precision_words_are_those_of_InfluxDB(string word, bool isKnown) =>
        Assert.Equal(isKnown, TimestampPrecisions.TryParse(word, out _));
}

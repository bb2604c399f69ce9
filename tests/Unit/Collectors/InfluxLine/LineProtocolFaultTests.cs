using Ops.Collectors.InfluxLine;
using Xunit;

namespace Ops.Unit.Collectors.InfluxLine;

public class LineProtocolFaultTests
{
    private const string Range = "time outside range -9223372036854775806 - 9223372036854775806";

    // The words are those of InfluxDB 1.8, models/points.go.
    [Theory]
    [InlineData("cpu", "missing fields")]
    [InlineData("cpu ", "missing fields")]
    [InlineData("cpu,host=a", "missing fields")]
    [InlineData(",host=a value=1", "missing measurement")]
    [InlineData("cpu, value=1", "missing tag key")]
    [InlineData("cpu,=a value=1", "missing tag key")]
    [InlineData("cpu,,host=a value=1", "missing tag key")]
    [InlineData("cpu,host value=1", "missing tag value")]
    [InlineData("cpu,host= value=1", "missing tag value")]
    [InlineData("cpu,host=,b=c value=1", "missing tag value")]
    [InlineData("cpu,host=a=b value=1", "invalid tag format")]
    [InlineData("cpu,host=a,host=b value=1", "duplicate tags")]
    [InlineData("cpu value=", "missing field value")]
    [InlineData("cpu value=,b=1", "missing field value")]
    [InlineData("cpu a=1,b= 5", "missing field value")]
    [InlineData("cpu =1", "missing field key")]
    [InlineData("cpu a=1,=2", "missing field key")]
    [InlineData("cpu a=1,b", "invalid field format")]
    [InlineData("cpu a=1,", "invalid field format")]
    [InlineData("cpu a", "invalid field format")]
    [InlineData("cpu value=1x", "invalid number")]
    [InlineData("cpu value=1.2.3", "invalid number")]
    [InlineData("cpu value=1.5i", "invalid number")]
    [InlineData("cpu value=9i10", "invalid number")]
    [InlineData("cpu value=-", "invalid number")]
    [InlineData("cpu value=.", "invalid number")]
    [InlineData("cpu value=nan", "invalid number")]
    [InlineData("cpu value=NaN", "invalid number")]
    [InlineData("cpu value=1e400", "invalid float")]
    [InlineData("cpu value=inf", "invalid boolean")]
    [InlineData("cpu value=+1", "invalid boolean")]
    [InlineData("cpu value=yes", "invalid boolean")]
    [InlineData("cpu value=tRUE", "invalid boolean")]
    [InlineData("cpu value=\"open", "unbalanced quotes")]
    [InlineData("cpu value=1 abc", "bad timestamp")]
    [InlineData("cpu value=1 -", "bad timestamp")]
    [InlineData("cpu value=1 1.5", "bad timestamp")]
    [InlineData("cpu value=1 5 6", "point is invalid")]
    [InlineData("cpu value=1 9223372036854775807", Range)]
    [InlineData("cpu value=1 -9223372036854775807", Range)]
    [InlineData("cpu value=1 9223372036854775808",
        "strconv.ParseInt: parsing \"9223372036854775808\": value out of range")]
    [InlineData("cpu value=9223372036854775808i", "unable to parse integer 9223372036854775808: "
        + "strconv.ParseInt: parsing \"9223372036854775808\": value out of range")]
    [InlineData("cpu value=18446744073709551616u", "unable to parse unsigned 18446744073709551616: "
        + "strconv.ParseUint: parsing \"18446744073709551616\": value out of range")]
    public void A_faulty_line_is_refused_in_InfluxDBs_words(string line, string reason) =>
        Assert.Equal($"unable to parse '{line}': {reason}", new SomeReader().Fault(line));

    [Fact]
    public void A_time_in_the_year_1600_is_out_of_range_and_one_in_1800_too_early()
    {
        var some = new SomeReader();
        Assert.Equal(
            $"unable to parse 'm value=1 -11676096000': {Range}",
            some.Fault("m value=1 -11676096000", TimestampPrecision.Seconds));
        Assert.Equal(
            "unable to parse 'm value=1 -5364662400': time 1800-01-01T00:00:00Z is before 1900-01-01T00:00:00Z, "
            + "the earliest that is kept",
            some.Fault("m value=1 -5364662400", TimestampPrecision.Seconds));
        Assert.Null(some.Read("m value=1 -2208988800", TimestampPrecision.Seconds).ErrorText());
    }

    [Fact]
    public void Good_lines_of_a_body_are_taken_and_bad_ones_named_with_their_numbers()
    {
        var some = new SomeReader();
        var result = some.Read("a value=1\nb value=\n\nc value=3\nd value=x,y=1\n");
        Assert.Equal((2, 2, 2), (result.Accepted, result.Refused, result.Samples));
        Assert.Equal([2, 5], result.Faults.Select(fault => fault.Line));
        Assert.Equal(
            "partial write: unable to parse 'b value=': missing field value\n"
            + "unable to parse 'd value=x,y=1': invalid boolean dropped=0",
            result.ErrorText());
    }

    [Fact]
    public void A_line_that_fails_late_leaves_no_sample_of_its_first_fields()
    {
        var some = new SomeReader();
        Assert.Equal(1, some.Read("m a=1,b=2,c=oops 5").Refused);
        Assert.Equal(1, some.Read("m a=1,b=2 soon").Refused);
        Assert.Empty(some.Samples);
    }

    [Fact]
    public void An_open_quote_harms_its_own_line_only()
    {
        var some = new SomeReader();
        var result = some.Read("m a=\"open 5\nm value=1 6\nm value=2 7\n");
        Assert.Equal("unable to parse 'm a=\"open 5': unbalanced quotes", Assert.Single(result.Faults).Message);
        Assert.Equal([1, 2], some.Samples.Select(sample => sample.Volume));
    }

    [Fact]
    public void Faults_past_the_limit_are_counted_but_not_kept()
    {
        var some = new SomeReader(new LineProtocolLimits { FaultsKeptMax = 2 });
        var result = some.Read("a\nb\nc\nd\nok value=1");
        Assert.Equal((1, 4, 2), (result.Accepted, result.Refused, result.Faults.Count));
        Assert.Equal(
            "partial write: unable to parse 'a': missing fields\nunable to parse 'b': missing fields\n"
            + "and 2 more dropped=0",
            result.ErrorText());
    }

    [Fact]
    public void A_meter_name_of_ten_thousand_bytes_is_refused_with_its_length()
    {
        var some = new SomeReader();
        var fault = some.Fault($"{new string('m', 10_000)} f=1");
        Assert.StartsWith($"unable to parse '{new string('m', 512)}...': ", fault, StringComparison.Ordinal);
        Assert.EndsWith("meter name of 10002 bytes is too long; at most 1024 are allowed", fault,
            StringComparison.Ordinal);
        Assert.Equal(0, some.Catalog.Count);
    }

    [Fact]
    public void A_key_a_line_and_tags_have_their_limits()
    {
        var some = new SomeReader(
            new LineProtocolLimits { LineBytesMax = 200, KeyBytesMax = 20, TagsMax = 2, FieldsMax = 2 });
        Assert.EndsWith(": max key length exceeded: 22 > 20", some.Fault("m,a=12345678901234567x value=1"),
            StringComparison.Ordinal);
        Assert.EndsWith(": too many tags; at most 2 are allowed", some.Fault("m,a=1,b=2,c=3 value=1"),
            StringComparison.Ordinal);
        Assert.EndsWith(": too many fields; at most 2 are allowed", some.Fault("m a=1,b=2,c=3"),
            StringComparison.Ordinal);
        var result = some.Read($"m value=1\nm text=\"{new string('x', 300)}\"\nm value=2");
        Assert.Equal((2, 1), (result.Accepted, result.Refused));
        Assert.Equal(new LineFault(2, "line of at least 309 bytes is too long; at most 200 are allowed"),
            result.Faults[0]);
    }

    [Fact]
    public void Past_the_limit_of_series_known_ones_still_flow()
    {
        var some = new SomeReader(new LineProtocolLimits { SeriesMax = 2 });
        var result = some.Read("a value=1\nb value=1\nc value=1\na value=2\n");
        Assert.Equal((3, 1), (result.Accepted, result.Refused));
        Assert.Equal(
            "unable to parse 'c value=1': max series exceeded: 2 series are known and 'c' would be new",
            result.Faults[0].Message);
        Assert.Equal(1, result.Dropped);
        Assert.EndsWith(" dropped=1", result.ErrorText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Databases_past_the_limit_are_refused()
    {
        var some = new SomeReader(new LineProtocolLimits { DatabasesMax = 1 });
        Assert.Null(some.Read("a value=1", database: "one").ErrorText());
        Assert.Equal(
            "database 'two' is one too many; at most 1 are told apart", some.Read("a value=1", database: "two")
                .ErrorText());
    }

    [Fact]
    public void A_full_cache_is_emptied_and_goes_on()
    {
        var some = new SomeReader(new LineProtocolLimits { KeysMax = 3 });
        for (var round = 0; round < 3; round++)
        {
            Assert.Null(some.Read("a value=1\nb value=1\nc value=1\nd value=1\ne value=1\n").ErrorText());
        }

        Assert.Equal(5, some.Catalog.Count);
        Assert.InRange(some.Reader.CacheOf("db")!.Keys, 1, 3);
    }
}

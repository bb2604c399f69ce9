using System.Text;
using CsCheck;
using Ops.Collectors.Scrape;
using Xunit;

namespace Ops.Unit.Collectors.Scrape;

public sealed class ExpositionReaderTests
{
    [Theory]
    [InlineData("a 1", "a", 1)]
    [InlineData("a\t1", "a", 1)]
    [InlineData("a   -1.5e3  ", "a", -1500)]
    [InlineData("a +2.5", "a", 2.5)]
    [InlineData("a .5", "a", 0.5)]
    [InlineData("a 1\r", "a", 1)]
    [InlineData("a:b_C9 1.7976931348623157e+308", "a:b_C9", double.MaxValue)]
    [InlineData("a{} 3", "a{}", 3)]
    [InlineData("a{b=\"c\"} 3", "a{b=\"c\"}", 3)]
    [InlineData("a {b=\"c\", } 3", "a {b=\"c\", }", 3)]
    [InlineData("a{b=\"}\\\"\\\\\"} 3", "a{b=\"}\\\"\\\\\"}", 3)]
    [InlineData("a{b=\"c d\"}3", "a{b=\"c d\"}", 3)]
    [InlineData("a NaN", "a", double.NaN)]
    [InlineData("a +Inf", "a", double.PositiveInfinity)]
    [InlineData("a -inf", "a", double.NegativeInfinity)]
    public void A_sample_is_read(string line, string key, double value)
    {
        var reader = new ExpositionReader(Encoding.UTF8.GetBytes(line), isOpenMetrics: false);
        Assert.Equal(ExpositionLine.Sample, reader.Next(default));
        Assert.Equal(key, Encoding.UTF8.GetString(reader.Key));
        Assert.Equal(value, reader.Value);
        Assert.Null(reader.TimestampNs);
        Assert.Equal(ExpositionLine.End, reader.Next(default));
    }

    [Theory]
    [InlineData("a 1 1395066363000", false, 1395066363000000000)]
    [InlineData("a 1 -62000", false, -62000000000)]
    [InlineData("a 1 1395066363.5\n# EOF", true, 1395066363500000000)]
    [InlineData("a 1 1395066363\n# EOF", true, 1395066363000000000)]
    public void A_time_is_milliseconds_in_the_one_text_and_seconds_in_the_other(string text, bool isOpen, long ns)
    {
        var reader = new ExpositionReader(Encoding.UTF8.GetBytes(text), isOpen);
        Assert.Equal(ExpositionLine.Sample, reader.Next(default));
        Assert.Equal(ns, reader.TimestampNs);
    }

    [Theory]
    [InlineData("a", "line 1: has no value: 'a'")]
    [InlineData("a 1 2 3", "line 1: '3' follows the sample: 'a 1 2 3'")]
    [InlineData("\n\na b", "line 3: 'b' is no value: 'a b'")]
    [InlineData("a 1i", "line 1: '1i' is no value: 'a 1i'")]
    [InlineData("a 0x1p-2", "line 1: '0x1p-2' is no value: 'a 0x1p-2'")]
    [InlineData("a 1e999", "line 1: '1e999' is no value: 'a 1e999'")]
    [InlineData("a 1 1.5", "line 1: '1.5' is no time: 'a 1 1.5'")]
    [InlineData("a 1 99999999999999999", "line 1: '99999999999999999' is no time: 'a 1 99999999999999999'")]
    [InlineData("1a 1", "line 1: begins with no metric's name: '1a 1'")]
    [InlineData("<html>", "line 1: begins with no metric's name: '<html>'")]
    [InlineData("a-b 1", "line 1: a blank must follow the name: 'a-b 1'")]
    [InlineData("\u001b[31mred 1", "line 1: begins with no metric's name: '?[31mred 1'")]
    [InlineData("a{b=\"c 1", "line 1: the labels do not end: 'a{b=\"c 1'")]
    [InlineData("a{b=\"c\\", "line 1: the labels do not end: 'a{b=\"c\\'")]
    [InlineData("a 1 # {b=\"c\"} 1", "line 1: '# {b=\"c\"} 1' follows the sample: 'a 1 # {b=\"c\"} 1'")]
    [InlineData("# TYPE a countr", "line 1: the type must be one of counter, gauge, histogram, summary, untyped, "
        + "unknown, gaugehistogram, info, stateset, found 'countr'. Did you mean 'counter'?: '# TYPE a countr'")]
    [InlineData("# TYPE", "line 1: names no metric: '# TYPE'")]
    [InlineData("# TYPE 9a gauge", "line 1: names no metric: '# TYPE 9a gauge'")]
    public void What_is_malformed_is_named_with_its_line(string text, string expected) =>
        Assert.Equal(expected, FaultOf(text, isOpenMetrics: false));

    [Theory]
    [InlineData("a 1", "the text ends without '# EOF'")]
    [InlineData("# EOF\na 1", "line 2: follows '# EOF': 'a 1'")]
    [InlineData("a 1 2 x\n# EOF", "line 1: 'x' follows the sample: 'a 1 2 x'")]
    public void OpenMetrics_must_end_where_it_says(string text, string expected) =>
        Assert.Equal(expected, FaultOf(text, isOpenMetrics: true));

    [Fact]
    public void Comments_help_blank_lines_and_exemplars_are_passed_over()
    {
        const string text = "# HELP a what \\n it is\n#\n# just so\n  \n#TYPE b gauge\n# UNIT a_seconds seconds\n"
            + "a_bucket{le=\"1\"} 5 1.5 # {trace_id=\"x\"} 0.7 1.2\na_bucket 6 # {} 1\n# EOF\n\n";
        var reader = new ExpositionReader(Encoding.UTF8.GetBytes(text), isOpenMetrics: true);
        Assert.Equal(ExpositionLine.Type, reader.Next(default));
        Assert.Equal(("b", MetricType.Gauge), (Encoding.UTF8.GetString(reader.Name), reader.Type));
        Assert.Equal(ExpositionLine.Unit, reader.Next(default));
        Assert.Equal("seconds", Encoding.UTF8.GetString(reader.Unit));
        Assert.Equal(ExpositionLine.Sample, reader.Next(default));
        Assert.Equal((5, 1_500_000_000L), (reader.Value, reader.TimestampNs));
        Assert.Equal(ExpositionLine.Sample, reader.Next(default));
        Assert.Equal((6, null), (reader.Value, reader.TimestampNs));
        Assert.Equal(ExpositionLine.End, reader.Next(default));
    }

    [Theory]
    [InlineData("a 1", "a")]
    [InlineData("a {b=\"c\"} 1", "a")]
    [InlineData("ab 1", "a")]
    [InlineData("a{b=\"c\"} 1", "a{b=\"c\"}")]
    [InlineData("a{b=\"c\"}1", "a{b=\"c\"}")]
    [InlineData("a{b=\"c\"} 1", "a{b=\"c d\"}")]
    public void A_wrong_expectation_does_no_harm(string line, string expected)
    {
        var bytes = Encoding.UTF8.GetBytes(line);
        var with = new ExpositionReader(bytes, isOpenMetrics: false);
        var without = new ExpositionReader(bytes, isOpenMetrics: false);
        Assert.Equal(without.Next(default), with.Next(Encoding.UTF8.GetBytes(expected)));
        Assert.Equal(Encoding.UTF8.GetString(without.Key), Encoding.UTF8.GetString(with.Key));
        Assert.Equal(without.Value, with.Value);
    }

    [Fact]
    public void Any_bytes_are_read_or_refused() => Gen.Select(
        Gen.Byte.Array[0, 60],
        Gen.String[Gen.Char["ab{}=,\"\\ 1.eE+-NaIf#\n\t_TYPEgauge"], 0, 80],
        Gen.Bool).Sample((bytes, text, isOpen) =>
        {
            var series = new TargetSeries(new ScrapeTarget(new Uri("http://h")), 1000);
            byte[] mixed = [.. Encoding.UTF8.GetBytes(text), .. bytes];
            var fault = series.Read(mixed, isOpen);
            return fault is null || (series.Points.Count == 0 && fault.Length < 1000);
        }, iter: 5_000);

    private static string? FaultOf(string text, bool isOpenMetrics)
    {
        var reader = new ExpositionReader(Encoding.UTF8.GetBytes(text), isOpenMetrics);
        while (true)
        {
            var met = reader.Next(default);
            if (met is ExpositionLine.Fault or ExpositionLine.End)
            {
                return reader.Fault;
            }
        }
    }
}

using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Ops.Collectors.InfluxLine;
using Ops.Model;
using Ops.Pipeline.Publishers.Delivery;
using Ops.Pipeline.Publishers.Influx;
using Xunit;

namespace Ops.Unit.Pipeline.Publishers;

public sealed class InfluxLineWriterTests
{
    private const long At = 1_451_606_400_000_000_000;

    private readonly SeriesCatalog _catalog = new();

    [Fact]
    public void A_polled_meter_is_the_measurement_of_its_name_with_the_field_value()
    {
        var context = new SampleContext { ProjectId = "p 1", ResourceName = "web,1", UserId = "u" };
        var series = _catalog.Intern("disk.read", "r=1", Tags.Of(("device", "vda")));
        Assert.Equal(
            "disk.read,device=vda,project_id=p\\ 1,resource_id=r\\=1,resource_name=web\\,1 value=1.5 " + At + "\n",
            Lines(new Sample(series, context, At, 1.5)));
    }

    [Fact]
    public void A_line_protocol_point_leaves_as_it_came()
    {
        const string Lines = "cpu,host=a,zone=z1 idle=97.25,user=2 1451606400000000000\n"
            + "cpu,host=b idle=1 1451606400000000000\nmem,host=b value=3 1451606400000000001\n";
        Assert.Equal(Lines, Through(Lines));
    }

    [Fact]
    public void Samples_of_other_time_or_tags_or_of_the_same_field_begin_a_line()
    {
        var (a, b) = (Field("cpu", "a", "x"), Field("cpu", "a", "y"));
        var other = Field("cpu", "b", "y");
        Assert.Equal(
            $"cpu,host=a x=1,y=2 {At}\ncpu,host=a x=3 {At + 1}\ncpu,host=b y=4 {At + 1}\n"
            + $"cpu,host=a x=5 {At + 1}\ncpu,host=a x=6 {At + 1}\n",
            Lines(
                Of(a, 1), Of(b, 2), Of(a, 3, 1), Of(other, 4, 1), Of(a, 5, 1), Of(a, 6, 1)));
    }

    [Fact]
    public void A_field_comes_once_in_a_line_though_its_context_changed() => Assert.Equal(
        $"m,project_id=p1,resource_id=r1 value=1 {At}\nm,project_id=p1,resource_id=r1 value=2 {At}\n",
        Lines(_catalog.Sample("m", 1), _catalog.Sample("m", 2)));

    [Fact]
    public void Integers_are_written_only_where_they_are_asked_for()
    {
        Assert.Equal(
            $"bytes,resource_id=r value=3i {At}\n",
            Lines(new InfluxLineWriter(1, ["by*"]), Of(_catalog.Intern("bytes", "r"), 2.5 + 0.6)));
        Assert.Equal($"bytes,resource_id=r value=3 {At}\n", Lines(Of(_catalog.Intern("bytes", "r"), 3)));
    }

    [Fact]
    public void A_value_that_no_integer_holds_is_left_out_and_counted()
    {
        var body = new ByteText();
        var writer = new InfluxLineWriter(1, ["*"]);
        var result = writer.Write(
            [Of(_catalog.Intern("m", "r"), 1e30), Of(_catalog.Intern("m", "r"), 7)], body);
        Assert.Equal((1, 1), result);
        Assert.Equal($"m,resource_id=r value=7i {At}\n", Encoding.UTF8.GetString(body.Span));
    }

    [Theory]
    [InlineData(1_000, 1_451_606_400_123_456_789, "1451606400123456")]
    [InlineData(1_000_000, 1_451_606_400_123_456_789, "1451606400123")]
    [InlineData(1_000_000_000, 1_451_606_400_999_999_999, "1451606400")]
    [InlineData(1_000_000_000, -1, "-1")]
    public void Times_are_rounded_down_to_the_precision(long precisionNs, long at, string text) => Assert.Equal(
        $"m,resource_id=r value=1 {text}\n",
        Lines(
            new InfluxLineWriter(precisionNs, []),
            new Sample(_catalog.Intern("m", "r"), SampleContext.Plain, at, 1)));

    [Theory]
    [InlineData("a b", "a\\ b")]
    [InlineData("a,b=c", "a\\,b=c")]
    [InlineData("a\\b", "a\\b")]
    [InlineData("a\\", "a")]
    [InlineData("a\nb", "a\\ b")]
    [InlineData("#a", "_a")]
    [InlineData("", "_")]
    [InlineData("été", "été")]
    public void Measurements_are_escaped(string name, string text) =>
        Assert.Equal(text, InfluxText.Measurement(name));

    [Theory]
    [InlineData("a=b", "a\\=b")]
    [InlineData("a,b c", "a\\,b\\ c")]
    [InlineData("C:\\x\\", "C:\\x")]
    [InlineData("a\\,b", "a\\,b")]
    public void Tags_are_escaped(string name, string text) => Assert.Equal(text, InfluxText.Word(name));

    [Fact]
    public void What_is_written_reads_back_as_the_same_series_and_value()
    {
        var word = Gen.Char["ab,= \\\"'#é0."].Array[1, 6].Select(chars => new string(chars))
            .Where(text => !text.StartsWith('#') && !Regex.IsMatch(text, @"\\([,= ]|$)"));
        Gen.Select(word, word, word, word, Gen.Double.Where(double.IsFinite), Gen.Long[0, 2_000_000_000_000_000_000])
            .Sample(
                (measurement, tag, value, field, volume, at) =>
                {
                    var catalog = new SeriesCatalog();
                    var meter = field == "value" ? measurement : $"{measurement}.{field}";
                    var series = catalog.Intern(
                        meter, "r", Tags.Of((tag, value)), measurement, field, "db");
                    var text = Lines(new Sample(series, SampleContext.Plain, at, volume));
                    var read = Assert.Single(Read(catalog, text));
                    Assert.Equal((measurement, field), (read.Series.Measurement, read.Series.Field));
                    Assert.Equal(series.Dimensions, read.Series.Dimensions);
                    Assert.Equal((at, volume), (read.TimestampNs, read.Volume));
                },
                iter: 5_000);
    }

    [Fact]
    public void A_series_met_before_costs_no_memory()
    {
        var samples = Enumerable.Range(0, 3_000)
            .Select(i => Of(Field("cpu", $"h{i % 100}", $"f{i % 3}"), i * 1.25, i)).ToArray();
        var writer = new InfluxLineWriter(1, []);
        var body = new ByteText();
        writer.Write(samples, body);
        body.Cut();
        var before = GC.GetAllocatedBytesForCurrentThread();
        writer.Write(samples, body);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private Series Field(string measurement, string host, string field) => _catalog.Intern(
        $"{measurement}.{field}", host, Tags.Of(("host", host)), measurement, field, "db");

    private static Sample Of(Series series, double volume, long afterNs = 0) =>
        new(series, SampleContext.Plain, At + afterNs, volume);

    private static string Lines(params Sample[] samples) => Lines(new InfluxLineWriter(1, []), samples);

    private static string Lines(InfluxLineWriter writer, params Sample[] samples)
    {
        var body = new ByteText();
        writer.Write(samples, body);
        return Encoding.UTF8.GetString(body.Span);
    }

    private string Through(string lines) => Lines([.. Read(_catalog, lines)]);

    private static List<Sample> Read(SeriesCatalog catalog, string lines)
    {
        var samples = new List<Sample>();
        var reader = new LineProtocolReader(catalog, new FakeTimeProvider());
        var result = reader.Read(
            Encoding.UTF8.GetBytes(lines), "db", TimestampPrecision.Nanoseconds,
            batch => samples.AddRange(batch.Items));
        Assert.Equal((0, 0), (result.Refused, result.Dropped));
        return samples;
    }
}

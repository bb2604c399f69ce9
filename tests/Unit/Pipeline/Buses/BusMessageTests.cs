using System.Text;
using CsCheck;
using Ops.Model;
using Ops.Pipeline.Buses;
using Xunit;

namespace Ops.Unit.Pipeline.Buses;

public sealed class BusMessageTests
{
    private const string Head =
        """{"v":1,"meter":"m","resource_id":"r","type":"gauge","unit":"","source":"s","points":[""";

    private readonly SeriesCatalog _catalog = new();
    private readonly BusMessageReader _reader;

    public BusMessageTests() => _reader = new BusMessageReader(_catalog);

    [Fact]
    public void A_batch_is_a_message_a_resource_with_a_line_a_series()
    {
        var context = new SampleContext
        {
            Kind = MeterKind.Delta, Unit = "B", ProjectId = "p",
            Metadata = new Dictionary<string, object?> { ["k"] = 1L },
        };
        var (a, b) = (_catalog.Intern("a", "r1", Tags.Of(("d", "x"))), _catalog.Intern("b", "r2"));
        var messages = new BusMessageWriter(1 << 20).Write(
            [new(a, context, 1, 1.5), new(b, SampleContext.Plain, 2, 2), new(a, context, 3, 3, 9.5)]);
        Assert.Equal(["r1", "r2"], messages.Select(message => Encoding.UTF8.GetString(message.Key)));
        Assert.Equal([2, 1], messages.Select(message => message.Samples));
        Assert.Equal(
            """{"v":1,"meter":"a","resource_id":"r1","dimensions":{"d":"x"},"""
            + """ "type":"delta","unit":"B","""
            + """ "project_id":"p","source":"openstack","resource_metadata":{"k":1},"""
            + """ "points":[[1,1.5],[3,3,9.5]]}""" + "\n",
            Encoding.UTF8.GetString(messages[0].Value).Replace("\"project", " \"project")
                .Replace("\"type", " \"type").Replace("\"points", " \"points"));
    }

    [Fact]
    public void A_full_message_is_followed_by_another()
    {
        var series = _catalog.Intern("m", "r");
        var samples = Enumerable.Range(0, 1000).Select(i => new Sample(series, SampleContext.Plain, i, i)).ToArray();
        var messages = new BusMessageWriter(4096).Write(samples);
        Assert.True(messages.Count > 1);
        Assert.All(messages, message => Assert.InRange(message.Value.Length, 1, 4096 + 64));
        var read = new List<Sample>();
        messages.ForEach(message => Assert.Equal((0, null), _reader.Read(message.Value, read)));
        Assert.Equal(
            samples.Select(one => (one.TimestampNs, one.Volume)), read.Select(one => (one.TimestampNs, one.Volume)));
    }

    [Fact]
    public void Everything_that_a_sample_says_comes_through()
    {
        var text = Gen.String[0, 8];
        var name = Gen.String[1, 8];
        var metadata = Gen.OneOf<object?>(
            Gen.Const((object?)null), Gen.Bool.Select(one => (object?)one), Gen.Long.Select(one => (object?)one),
            text.Select(one => (object?)one));
        Gen.Select(
            Gen.Select(name, text, name, text, name, text),
            Gen.Select(Gen.Int[0, 2], text, text, metadata),
            Gen.Select(Gen.Long, Gen.Double.Where(double.IsFinite), Gen.Bool))
            .Sample(
                (identity, about, value) =>
                {
                    var (meter, resource, measurement, database, tag, tagValue) = identity;
                    var series = _catalog.Intern(
                        meter, resource, Tags.Of((tag, tagValue)), measurement, "f", database);
                    var context = new SampleContext
                    {
                        Kind = (MeterKind)about.Item1, Unit = about.Item2, ResourceName = about.Item3,
                        Metadata = new Dictionary<string, object?> { ["\"points\":["] = about.Item4 },
                    };
                    var sample = new Sample(
                        series, context, value.Item1, value.Item2, value.Item3 ? 1.5 : double.NaN);
                    var message = Assert.Single(new BusMessageWriter(1 << 20).Write([sample]));
                    var read = new List<Sample>();
                    Assert.Equal((0, null), _reader.Read(message.Value, read));
                    var found = Assert.Single(read);
                    Assert.Same(series, found.Series);
                    Assert.Equal(
                        (sample.TimestampNs, sample.Volume, sample.MonotonicSeconds),
                        (found.TimestampNs, found.Volume, found.MonotonicSeconds));
                    Assert.Equal(
                        (context.Kind, context.Unit, context.ResourceName),
                        (found.Context.Kind, found.Context.Unit, found.Context.ResourceName));
                    Assert.Equal(context.Metadata, found.Context.Metadata);
                },
                // The surrogates that a generated string may hold alone are not text.
                iter: 3_000, threads: 1);
    }

    [Fact]
    public void Samples_of_one_head_share_a_context()
    {
        var read = new List<Sample>();
        _reader.Read(Encoding.UTF8.GetBytes(Head + "[1,1]]}\n" + Head + "[2,2]]}\n"), read);
        Assert.Same(read[0].Context, read[1].Context);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("\n\n", null)]
    [InlineData("nonsense", "line 1: it has no 'points'")]
    [InlineData("{\"points\":[[1,1]]}", "line 1: its version is '', known is 1")]
    [InlineData("{\"v\":2,\"points\":[[1,1]]}", "line 1: its version is '2', known is 1")]
    [InlineData("{\"v\":1,\"points\":[[1,1]]}", "line 1: it needs 'meter' and 'resource_id'")]
    [InlineData(
        "{\"v\":1,\"meter\":\"m\",\"resource_id\":\"r\",\"type\":\"x\",\"points\":[[1,1]]}",
        "line 1: its type is 'x', allowed: gauge, delta, cumulative")]
    [InlineData("[\"points\":[[1,1]]}", "line 1: it is not JSON: ")]
    public void A_line_that_cannot_be_read_is_said(string text, string? fault)
    {
        var (_, first) = _reader.Read(Encoding.UTF8.GetBytes(text), []);
        Assert.StartsWith(fault ?? "", first ?? "");
        Assert.Equal(fault is null, first is null);
    }

    [Theory]
    [InlineData("]}", "a point must be [time, volume] or [time, volume, monotonic time]")]
    [InlineData("[x,1]]}", "a point must be [time, volume] or [time, volume, monotonic time]")]
    [InlineData("[1]]}", "a point needs a time in nanoseconds and a finite volume")]
    [InlineData("[1,NaN]]}", "a point needs a time in nanoseconds and a finite volume")]
    [InlineData("[1,1e999]]}", "a point needs a time in nanoseconds and a finite volume")]
    [InlineData("[1,1,]]}", "a point's monotonic time must be a number")]
    [InlineData("[1,1", "a point is not closed")]
    [InlineData("[1,1]]", "something follows the points")]
    [InlineData("[1,1]]} x", "something follows the points")]
    public void A_point_that_cannot_be_read_costs_its_line_only(string points, string fault)
    {
        var read = new List<Sample>();
        var result = _reader.Read(Encoding.UTF8.GetBytes($"{Head}[5,5],{points}\n{Head}[6,6]]}}\n"), read);
        Assert.Equal((1, $"line 1: {fault}"), result);
        Assert.Equal(6, Assert.Single(read).Volume);
    }

    [Fact]
    public void Any_bytes_at_all_are_read_or_refused()
    {
        var whole = Encoding.UTF8.GetBytes(Head + "[1,1],[2,2.5,3]]}\n");
        Gen.Select(Gen.Byte.Array[0, 12], Gen.Int[0, whole.Length], Gen.Int[0, 20]).Sample(
            (bytes, at, cut) =>
            {
                byte[] message = [.. whole[..at], .. bytes, .. whole[Math.Min(whole.Length, at + cut)..]];
                var read = new List<Sample>();
                _reader.Read(message, read);
                Assert.All(read, sample => Assert.True(double.IsFinite(sample.Volume)));
            },
            iter: 20_000, threads: 1);
    }

    [Fact]
    public void What_came_before_is_known_as_far_as_the_window_reaches()
    {
        var series = _catalog.Intern("m", "r");
        var recent = new RecentSamples(3);
        bool Comes(long at, double volume = 1) =>
            recent.IsRepeated(new Sample(series, SampleContext.Plain, at, volume));
        Assert.False(Comes(1));
        Assert.True(Comes(1));
        Assert.False(Comes(1, 2));
        Assert.False(Comes(2));
        Assert.True(Comes(1));
        Assert.False(Comes(3));
        Assert.False(Comes(1));
        Assert.False(new RecentSamples(0).IsRepeated(default));
    }
}

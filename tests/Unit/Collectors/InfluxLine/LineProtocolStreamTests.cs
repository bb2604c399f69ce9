using System.Globalization;
using System.Text;
using CsCheck;
using Ops.Collectors.InfluxLine;
using Ops.Model;
using Xunit;

namespace Ops.Unit.Collectors.InfluxLine;

public class LineProtocolStreamTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public async Task A_body_in_pieces_reads_as_the_body_in_one(int pieceBytes)
    {
        const string body =
            "m,host=a value=1 5\r\nm text=\"two\nlines\",value=2 6\n\n# rem\nbroken\nm,host=a value=3 7";
        var some = new SomeReader();
        var whole = some.Read(body);
        var sink = new RecordingSink();
        var pieces = await some.Reader.ReadAsync(
            new Pieces(Encoding.UTF8.GetBytes(body), pieceBytes), "db", TimestampPrecision.Nanoseconds, sink, default);
        Assert.Equal(some.Samples, sink.Samples);
        Assert.Equal(
            (whole.Accepted, whole.Refused, whole.ErrorText()), (pieces.Accepted, pieces.Refused, pieces.ErrorText()));
    }

    [Fact]
    public async Task A_large_body_goes_in_batches_of_bounded_size()
    {
        var text = new StringBuilder();
        for (var i = 0; i < 20_000; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"m,host=h{i % 50} a={i},b=2 {i}\n");
        }

        var sink = new RecordingSink();
        var some = new SomeReader();
        var result = await some.Reader.ReadAsync(
            new MemoryStream(Encoding.UTF8.GetBytes(text.ToString())), "db", TimestampPrecision.Seconds, sink, default);
        Assert.Equal((20_000, 40_000), (result.Accepted, result.Samples));
        Assert.Equal(40_000, sink.Samples.Count);
        Assert.All(sink.BatchCounts, count => Assert.InRange(count, 1, SampleBatch.CountMax));
        Assert.Equal(19_999, sink.Samples[^2].Volume);
    }

    [Fact]
    public async Task A_line_longer_than_the_buffer_is_refused_and_the_next_is_taken()
    {
        var body = $"m a=\"{new string('x', 1_000_000)}\"\nm value=1 5\n{new string('y', 700_000)}";
        var sink = new RecordingSink();
        var result = await new SomeReader().Reader.ReadAsync(
            new MemoryStream(Encoding.UTF8.GetBytes(body)), null, TimestampPrecision.Nanoseconds, sink, default);
        Assert.Equal((1, 2), (result.Accepted, result.Refused));
        Assert.Equal([1, 3], result.Faults.Select(fault => fault.Line));
        Assert.Equal(5, Assert.Single(sink.Samples).TimestampNs);
    }

    [Fact]
    public void Lines_of_known_series_allocate_nothing()
    {
        var some = new SomeReader();
        var body = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 100).Select(
            i => $"cpu,host=web{i},region=eu usage_idle=97.{i},usage_user=1i,up=t,name=\"x\" 170000000000{i:00}\n")));
        var cache = some.Reader.CacheOf("db")!;
        using var batch = new SampleBatch(SampleBatch.CountMax);
        some.Reader.Begin(cache, TimestampPrecision.Nanoseconds).Read(body, isLast: true, batch);
        var pass = some.Reader.Begin(cache, TimestampPrecision.Nanoseconds);
        batch.Clear();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 20; round++)
        {
            pass.Read(body, isLast: true, batch);
            batch.Clear();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal((2000, 6000), (pass.Result.Accepted, pass.Result.Samples));
    }

    [Fact]
    public void Bytes_of_any_kind_never_throw_and_every_line_is_accounted_for()
    {
        var some = new SomeReader(new LineProtocolLimits { LineBytesMax = 64 });
        var piece =
            OneOf("m", ",", "=", " ", "\n", "\"", "\\", "1", "i", "t", "#", "\r", "e", ".", "-", "\0", "\u00e9");
        piece.Array[0, 60].Select(string.Concat).Sample(
            body =>
            {
                var result = some.Read(body);
                return result.Accepted + result.Refused <= body.Count(c => c == '\n') + 1
                    && result.Samples + result.TextFieldsSkipped >= result.Accepted;
            },
            iter: 5_000, threads: 1);
        Gen.Byte.Array[0, 200].Sample(
            body => some.Reader.Read(body, null, TimestampPrecision.Seconds, _ => { }), iter: 2_000, threads: 1);
    }

    [Fact]
    public void What_is_written_by_the_rules_is_read_back()
    {
        var name = OneOf("a", "b c", "d,e", "f=g", "h", "\u00fc").Array[1, 3].Select(string.Concat);
        var tags = Gen.Select(name, name).Array[0, 4].Select(pairs => pairs.DistinctBy(pair => pair.Item1).ToArray());
        Gen.Select(name, tags, name, Gen.Double.Where(double.IsFinite),
            Gen.Long[-1_000_000_000_000_000_000, 1_000_000_000_000_000_000])
            .Sample(
                (measurement, pairs, field, value, ns) =>
                {
                    var number = value.ToString("R", CultureInfo.InvariantCulture);
                    var tagText = string.Concat(pairs.Select(pair => $",{Escape(pair.Item1)}={Escape(pair.Item2)}"));
                    var line = $"{EscapeMeasurement(measurement)}{tagText} {Escape(field)}={number} {ns}";
                    var sample = new SomeReader().One(line);
                    return sample.Volume == value && sample.TimestampNs == ns
                        && sample.Series.Measurement == measurement && sample.Series.Field == field
                        && sample.Series.Dimensions.Count == pairs.Length
                        && pairs.All(pair => sample.Series.Dimensions[pair.Item1] == pair.Item2);
                },
                iter: 1_000, threads: 1);
    }

    private static Gen<string> OneOf(params string[] choices) => Gen.Int[0, choices.Length - 1].Select(i => choices[i]);

    private static string EscapeMeasurement(string text) => text.Replace(",", "\\,").Replace(" ", "\\ ");

    private static string Escape(string text) => EscapeMeasurement(text).Replace("=", "\\=");

    /// <summary>Gives a body a few bytes at a time, as a slow network does.</summary>
    private sealed class Pieces(byte[] body, int pieceBytes) : MemoryStream(body)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(pieceBytes, buffer.Length)], cancellationToken);
    }
}

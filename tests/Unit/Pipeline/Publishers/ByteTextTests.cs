using System.Globalization;
using System.Text;
using CsCheck;
using Ops.Pipeline.Publishers.Delivery;
using Xunit;

namespace Ops.Unit.Pipeline.Publishers;

public sealed class ByteTextTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(1, "1")]
    [InlineData(-1, "-1")]
    [InlineData(0.1, "0.1")]
    [InlineData(-0.05, "-0.05")]
    [InlineData(12.34, "12.34")]
    [InlineData(12.5, "12.5")]
    [InlineData(1.005, "1.005")]
    [InlineData(1e20, "1E+20")]
    [InlineData(999999999999999, "999999999999999")]
    [InlineData(1e-9, "1E-09")]
    [InlineData(double.MaxValue, "1.7976931348623157E+308")]
    public void Numbers_are_written_short(double number, string text) => Assert.Equal(text, Written(number));

    [Fact]
    public void Every_number_reads_back_as_itself()
    {
        void Holds(double number) => Assert.Equal(
            BitConverter.DoubleToInt64Bits(number),
            BitConverter.DoubleToInt64Bits(double.Parse(Written(number), CultureInfo.InvariantCulture)));
        Gen.Double.Where(double.IsFinite).Sample(Holds, iter: 20_000);
        Gen.Select(Gen.Long[-100_000_000_000_000, 100_000_000_000_000], Gen.Int[0, 3])
            .Sample((digits, places) => Holds(digits / Math.Pow(10, places)), iter: 50_000);
        Holds(-0.0);
        Holds(double.Epsilon);
    }

    [Fact]
    public void A_body_grows_and_is_used_again()
    {
        var body = new ByteText(4);
        body.Add("häuser");
        body.Add((byte)' ');
        body.Add(long.MinValue);
        Assert.Equal("häuser -9223372036854775808", Encoding.UTF8.GetString(body.Span));
        body.Cut(2);
        Assert.Equal(2, body.Count);
        body.Cut();
        Assert.True(body.Memory.IsEmpty);
    }

    [Theory]
    [InlineData(0ul, 1)]
    [InlineData(127ul, 1)]
    [InlineData(128ul, 2)]
    [InlineData(16_383ul, 2)]
    [InlineData(16_384ul, 3)]
    [InlineData(ulong.MaxValue, 10)]
    public void A_varint_is_as_long_as_was_reckoned(ulong value, int length)
    {
        var body = new ByteText(4);
        body.Varint(value);
        Assert.Equal((length, length), (body.Count, Protobuf.VarintLength(value)));
    }

    private static string Written(double number)
    {
        var body = new ByteText(4);
        body.Add(number);
        return Encoding.UTF8.GetString(body.Span);
    }
}

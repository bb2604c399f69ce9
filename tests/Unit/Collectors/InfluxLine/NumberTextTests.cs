using System.Globalization;
using System.Text;
using CsCheck;
using Ops.Collectors.InfluxLine;
using Xunit;

namespace Ops.Unit.Collectors.InfluxLine;

public class NumberTextTests
{
    [Fact]
    public void Decimals_of_any_length_read_as_the_base_library_reads_them()
    {
        var digits = Gen.Char['0', '9'].Array[1, 25].Select(chars => new string(chars));
        Gen.Select(Gen.Bool, digits, digits, Gen.Int[-1, 30], Gen.Bool).Sample(
            (isNegative, whole, fraction, exponent, hasFraction) =>
            {
                var text = (isNegative ? "-" : "") + whole + (hasFraction ? $".{fraction}" : "")
                    + (exponent >= 0 ? string.Create(CultureInfo.InvariantCulture, $"e-{exponent}") : "");
                var expected = double.Parse(text, CultureInfo.InvariantCulture);
                return NumberText.TryRead(Encoding.UTF8.GetBytes(text), out var value, out var used)
                    && used == text.Length && value.Equals(expected);
            },
            iter: 20_000, threads: 1);
    }

    [Fact]
    public void Whole_numbers_keep_their_value_up_to_the_digits_of_a_double()
    {
        Gen.Long.Sample(
            number =>
            {
                var text = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{number}i"));
                return NumberText.TryRead(text, out var value, out var used) && used == text.Length && value == number;
            },
            iter: 5_000, threads: 1);
    }

    [Theory]
    [InlineData("1,b=2", 1, 1)]
    [InlineData("1.5 17", 1.5, 3)]
    [InlineData("7i,", 7, 2)]
    public void Reading_stops_where_the_number_does(string text, double expected, int expectedUsed)
    {
        Assert.True(NumberText.TryRead(Encoding.UTF8.GetBytes(text), out var value, out var used));
        Assert.Equal((expected, expectedUsed), (value, used));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("-.i")]
    [InlineData("1.0i")]
    [InlineData("-1u")]
    [InlineData("1e999")]
    public void What_is_no_number_is_refused(string text) =>
        Assert.False(NumberText.TryRead(Encoding.UTF8.GetBytes(text), out _, out _));
}

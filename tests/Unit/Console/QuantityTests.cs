using CsCheck;
using Ops.Console.Words;
using Xunit;

namespace Ops.Unit.Console;

public sealed class QuantityTests
{
    [Theory]
    [InlineData(0, "B", "0 B")]
    [InlineData(1023, "B", "1,023 B")]
    [InlineData(1536, "B", "1.5 KiB")]
    [InlineData(3221225472, "B", "3 GiB")]
    [InlineData(16655831, "KB", "15.9 GiB")]
    [InlineData(2048, "MB", "2 GiB")]
    [InlineData(1048576, "B/s", "1 MiB/s")]
    [InlineData(250, "ns", "250 ns")]
    [InlineData(26_000_000, "ns", "26 ms")]
    [InlineData(7.2e12, "ns", "2 h")]
    [InlineData(0.25, "s", "250 ms")]
    [InlineData(0, "ms", "0 ms")]
    [InlineData(2e9, "ns/s", "200 %")]
    [InlineData(87.654, "%", "87.7 %")]
    [InlineData(0.42, "process", "0.42 process")]
    [InlineData(12_345, "packet", "12.3 k packet")]
    [InlineData(1234, "", "1,234")]
    [InlineData(3_000_000, "", "3 M")]
    [InlineData(0.00002, "", "2e-5")]
    [InlineData(-2048, "B", "-2 KiB")]
    public void A_value_is_said_in_the_unit_that_reads_best(double value, string unit, string said) =>
        Assert.Equal(said, Quantity.Say(value, unit));

    [Fact]
    public void What_is_no_number_is_a_dash() => Assert.Equal("– %", Quantity.Say(double.NaN, "%"));

    [Fact]
    public void A_byte_value_in_its_unit_is_always_below_1024_and_not_below_1() =>
        Gen.Double[1, 1e17].Sample(bytes =>
        {
            var shown = bytes / Quantity.For("B", bytes).Divisor;
            Assert.InRange(shown, 1 - 1e-9, 1024 + 1e-9);
        });
}

using CsCheck;
using Ops.Collectors.Snmp.Meters;
using Ops.Collectors.Snmp.Wire;
using Xunit;

namespace Ops.Unit.Collectors.Snmp;

public class SnmpExpressionTests
{
    private static readonly Dictionary<string, SnmpExpression> Names = new()
    {
        ["used"] = new SnmpObject([Oid.Of("1.3.1")]), ["total"] = new SnmpObject([Oid.Of("1.3.2"), Oid.Of("1.3.3")]),
        ["gone"] = new SnmpObject([Oid.Of("1.3.9")]),
    };

    [Theory]
    [InlineData("used", 30.0)]
    [InlineData("100 * used / total", 25.0)]
    [InlineData("total - used - 10", 80.0)]
    [InlineData("-(used + 2) * 0.5", -16.0)]
    [InlineData("total/4/3", 10.0)]
    [InlineData("gone + 1", null)]
    [InlineData("used / 0", null)]
    public void A_value_comes_of_objects(string text, double? value)
    {
        var expression = SnmpExpressionReader.Read(text, Names, out var fault);
        Assert.Equal("", fault);
        Assert.Equal(value, expression!.Value(
            oid => oid.ToString() switch { "1.3.1" => 30, "1.3.3" => 120, _ => null }));
    }

    [Theory]
    [InlineData("", "ends where a number or a name should be")]
    [InlineData("used +", "ends where a number or a name should be")]
    [InlineData("(used", "lacks a ')'")]
    [InlineData("used total", "unexpected 't' at 6")]
    [InlineData("used ** 2", "unexpected '*' at 7")]
    [InlineData("1.2.3", "'1.2.3' is no number")]
    [InlineData("totl", "names 'totl'; there are: used, total, gone. Did you mean 'total'?")]
    public void What_is_no_expression_is_refused(string text, string message)
    {
        Assert.Null(SnmpExpressionReader.Read(text, Names, out var fault));
        Assert.Equal(message, fault);
    }

    [Fact]
    public void Depth_is_bounded()
    {
        Assert.Null(SnmpExpressionReader.Read(new string('(', 400), Names, out var fault));
        Assert.Equal("is more than 32 levels deep", fault);
        Assert.Null(SnmpExpressionReader.Read(new string('-', 2000), Names, out fault));
        Assert.Equal("has 2000 characters, 1000 are allowed", fault);
    }

    [Fact]
    public void Text_of_any_kind_is_read_or_refused() =>
        Gen.String[Gen.Char["used total()+-*/.019 %"], 0, 60].Sample(text =>
            SnmpExpressionReader.Read(text, Names, out var fault) is null == fault.Length > 0, iter: 5000);
}

using Ops.Model;
using Ops.Pipeline.Expressions;
using Xunit;

namespace Ops.Unit.Pipeline;

public sealed class ExpressionTests
{
    private static readonly Sample[] Scope =
    [
        new(
            new SeriesCatalog().Intern("cpu", "r1"),
            new SampleContext
            {
                Kind = MeterKind.Cumulative,
                Unit = "ns",
                ProjectId = "p1",
                Metadata = new Dictionary<string, object?>
                {
                    ["cpu_number"] = 4L,
                    ["text"] = "4",
                    ["nothing"] = null,
                    ["empty"] = new Dictionary<string, object?>(),
                    ["flavor"] = new Dictionary<string, object?> { ["vcpus"] = 2L, ["a.b"] = 7L },
                    ["list"] = new List<object?> { 10L, 20L },
                    ["yes"] = true,
                },
            },
            Some.Start.ToUnixNs(),
            36),
    ];

    [Theory]
    [InlineData("1", 1)]
    [InlineData("0x1F", 31)]
    [InlineData("0b101", 5)]
    [InlineData("0o17", 15)]
    [InlineData("1_000", 1000)]
    [InlineData("1e3", 1000)]
    [InlineData("1.5e-3", 0.0015)]
    [InlineData(".5", 0.5)]
    [InlineData("1.", 1)]
    [InlineData("00", 0)]
    [InlineData("99999999999999999999", 1e20)]
    [InlineData("True", 1)]
    [InlineData("1 + 2 * 3", 7)]
    [InlineData("(1 + 2) * 3", 9)]
    [InlineData("10 - 4 - 3", 3)]
    [InlineData("-2 ** 2", -4)]
    [InlineData("2 ** -1", 0.5)]
    [InlineData("2 ** 3 ** 2", 512)]
    [InlineData("10 ** 9", 1e9)]
    [InlineData("10 ** 20", 1e20)]
    [InlineData("(-8) ** 3", -512)]
    [InlineData("+-+3", -3)]
    [InlineData("True + True", 2)]
    public void Numbers_are_read_and_bound_as_Python_does(string text, double expected) =>
        Assert.Equal(expected, Number(text));

    [Theory]
    [InlineData("7 / 2", 3.5)]
    [InlineData("7 // 2", 3)]
    [InlineData("-7 // 2", -4)]
    [InlineData("7 // -2", -4)]
    [InlineData("-7 % 3", 2)]
    [InlineData("7 % -3", -2)]
    [InlineData("-7.5 % 2", 0.5)]
    [InlineData("7.5 // 2", 3)]
    [InlineData("-7.5 // 2", -4)]
    [InlineData("6 % 3", 0)]
    [InlineData("9223372036854775807 + 1", 9223372036854775808.0)]
    [InlineData("-9223372036854775807 - 2", -9223372036854775809.0)]
    [InlineData("9223372036854775807 * 2", 18446744073709551614.0)]
    [InlineData("(-9223372036854775807 - 1) // -1", 9223372036854775808.0)]
    [InlineData("(-9223372036854775807 - 1) % -1", 0)]
    public void Division_and_overflow_give_what_Python_gives(string text, double expected) =>
        Assert.Equal(expected, Number(text));

    [Theory]
    [InlineData("1 if 2 > 1 else 0", 1)]
    [InlineData("1 < 2 < 3", 1)]
    [InlineData("1 < 2 > 5", 0)]
    [InlineData("1 == 1.0", 1)]
    [InlineData("1 == '1'", 0)]
    [InlineData("None == None", 1)]
    [InlineData("'a' < 'b'", 1)]
    [InlineData("not 0", 1)]
    [InlineData("not 1 == 2", 1)]
    [InlineData("0 or 5", 5)]
    [InlineData("3 and 5", 5)]
    [InlineData("0 and missing + 1", 0)]
    [InlineData("1 or missing + 1", 1)]
    [InlineData("1 if '' else 2 if 0.0 else 3", 3)]
    [InlineData("1 if unit == 'ns' and type == \"cumulative\" else 0", 1)]
    [InlineData("1 if 'it\\'s' == \"it's\" else 0", 1)]
    [InlineData("1 if 'a' + 'b' == 'ab' else 0", 1)]
    [InlineData("1 if 2 * 'ab' == 'abab' and not 'a' * 0 else 0", 1)]
    public void Comparisons_and_choices_give_what_Python_gives(string text, double expected) =>
        Assert.Equal(expected, Number(text));

    [Theory]
    [InlineData("volume", 36)]
    [InlineData("(volume * 1.8) + 32", 96.8)]
    [InlineData("resource_metadata.cpu_number", 4)]
    [InlineData("resource_metadata.flavor.vcpus", 2)]
    [InlineData("resource_metadata['flavor']['a.b']", 7)]
    [InlineData("resource_metadata.list[1] + resource_metadata.list[-2]", 30)]
    [InlineData("resource_metadata.yes + 1", 2)]
    [InlineData("(resource_metadata.none or 1.0) * (resource_metadata.non.existent or 2.0)", 2)]
    [InlineData("1 if resource_metadata.empty else 0", 0)]
    [InlineData("1 if resource_metadata.none else 0", 0)]
    [InlineData("1 if resource_metadata.none == 0 else 2", 2)]
    [InlineData("1 if name == 'cpu' and resource_id == 'r1' and project_id == 'p1' else 0", 1)]
    [InlineData("1 if source == 'openstack' and id else 0", 1)]
    [InlineData("1 if user_id == None and monotonic_time == None else 0", 1)]
    [InlineData("1 if timestamp == '2016-01-01T00:00:00' else 0", 1)]
    [InlineData("max or 9", 9)]
    public void Names_are_the_fields_of_the_sample(string text, double expected) =>
        Assert.Equal(expected, Number(text));

    [Theory]
    [InlineData("1 / 0", "division by zero")]
    [InlineData("1 // 0.0", "division by zero")]
    [InlineData("1 % 0", "division by zero")]
    [InlineData("0 ** -1", "division by zero")]
    [InlineData("10.0 ** 400", "the power is too large")]
    [InlineData("(-8) ** 0.5", "a negative number to a broken power is not a real number")]
    [InlineData("missing * 2", "* does not go with a missing name and a number")]
    [InlineData("2 - resource_metadata.none", "- does not go with a number and a missing name")]
    [InlineData("volume / resource_metadata.text", "/ does not go with a number and text")]
    [InlineData("resource_metadata.flavor + 1", "+ does not go with a mapping and a number")]
    [InlineData("-unit", "- does not go with text")]
    [InlineData("None + 1", "+ does not go with None and a number")]
    [InlineData("unit * 10**9", "the text gets too long")]
    [InlineData("unit.length", "text has no member 'length'")]
    [InlineData("user_id.name", "None has no member 'name'")]
    [InlineData("resource_metadata.list[2]", "the index is outside of the list")]
    [InlineData("1 < unit", "a number and text have no order")]
    [InlineData("unit", "gave text, not a number")]
    [InlineData("missing", "gave a missing name, not a number")]
    [InlineData("None", "gave None, not a number")]
    public void What_gives_no_number_says_why(string text, string problem)
    {
        Assert.True(Expression.TryParseScale(text, out var expression, out _));
        Assert.False(expression.TryNumber(Scope, out var number, out var found));
        Assert.Equal(problem, found);
        Assert.True(double.IsNaN(number));
    }

    [Theory]
    [InlineData("100.0 / (10**9 * (resource_metadata.cpu_number or 1))", false)]
    [InlineData("2 * 3", false)]
    [InlineData("volume + 1", true)]
    [InlineData("1 if timestamp else 2", true)]
    public void Only_fields_that_vary_by_sample_make_it_vary(string text, bool varies)
    {
        Assert.True(Expression.TryParseScale(text, out var expression, out _));
        Assert.Equal(varies, expression.VariesBySample);
    }

    [Fact]
    public void An_expression_that_reads_numbers_allocates_nothing()
    {
        Assert.True(
            Expression.TryParseScale("(volume * 1.8) + 32 if volume > 0 else -volume", out var expression, out _));
        expression.TryNumber(Scope, out _, out _);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            expression.TryNumber(Scope, out _, out _);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Meters_are_numbered_in_order_of_first_sight_and_give_their_volume()
    {
        Assert.True(Expression.TryParseOverMeters(
            "100.0 * $(memory.usage) / $(memory) + $(memory.usage) * 0", out var expression, out _));
        Assert.Equal(["memory.usage", "memory"], expression.Meters);
        Assert.True(expression.TryNumber([Scope[0], Scope[0] with { Volume = 72 }], out var number, out _));
        Assert.Equal(50, number);
    }

    [Fact]
    public void Fields_of_a_meter_follow_a_dot()
    {
        Assert.True(Expression.TryParseOverMeters(
            "$(a-b).resource_metadata.flavor.vcpus if $(a-b).unit == 'ns' else $(a-b).none or 1", out var expression,
                out _));
        Assert.Equal(["a-b"], expression.Meters);
        Assert.True(expression.TryNumber(Scope, out var number, out _));
        Assert.Equal(2, number);
    }

    private static double Number(string text)
    {
        Assert.True(Expression.TryParseScale(text, out var expression, out var problem), problem);
        Assert.True(expression.TryNumber(Scope, out var number, out problem), problem);
        return number;
    }
}

using CsCheck;
using Ops.Server.Api.Compat.Vitrage;
using Xunit;

namespace Ops.Unit.Server.Api.Compat;

public sealed class VitrageQueryTests
{
    private static readonly VitrageVertex Host = new("1", new Dictionary<string, object?>
    {
        ["vitrage_type"] = "nova.host", ["cores"] = 4L, ["load"] = 1.5, ["vitrage_is_deleted"] = false,
        ["project_id"] = null,
    });

    [Theory]
    [InlineData("""{"==": {"vitrage_type": "nova.host"}}""", true)]
    [InlineData("""{"!=": {"vitrage_type": "nova.host"}}""", false)]
    [InlineData("""{"==": {"vitrage_is_deleted": false}}""", true)]
    [InlineData("""{"==": {"project_id": null}}""", true)]
    [InlineData("""{"==": {"absent": null}}""", true)]
    [InlineData("""{"!=": {"absent": "x"}}""", true)]
    [InlineData("""{">": {"cores": 3}}""", true)]
    [InlineData("""{">=": {"cores": 4}}""", true)]
    [InlineData("""{"<": {"load": 1.5}}""", false)]
    [InlineData("""{"<=": {"load": 1.5}}""", true)]
    [InlineData("""{"<": {"absent": 5}}""", false)]
    [InlineData("""{">=": {"vitrage_type": 5}}""", false)]
    [InlineData("""{"<": {"vitrage_type": "nova.zone"}}""", true)]
    [InlineData("""{"and": [{"==": {"cores": 4}}, {"==": {"load": 2}}]}""", false)]
    [InlineData("""{"or": [{"==": {"cores": 4}}, {"==": {"load": 2}}]}""", true)]
    [InlineData("""{"not": {"==": {"cores": 4}}}""", false)]
    [InlineData("""{"and": []}""", true)]
    public void A_query_tests_properties(string query, bool matches) =>
        Assert.Equal(matches, VitrageQuery.Parse(query).Matches(Host));

    [Theory]
    [InlineData("{", "the query is not JSON: ")]
    [InlineData("[]", "a query is an object with one operator, such as "
        + """{"==": {"vitrage_type": "nova.host"}}; found []""")]
    [InlineData("{}", "a query is an object with one operator")]
    [InlineData("""{"~": {"a": 1}}""", "unknown operator '~'; known: and, or, not, ==, !=, <, <=, >, >=")]
    [InlineData("""{"and": {"a": 1}}""", """'and' takes a list of queries; found {"a": 1}""")]
    [InlineData("""{"==": 1}""", "'==' takes one property and its value; found 1")]
    [InlineData("""{"==": {"a": [1]}}""", "'a' is compared with a text, number, true, false or null; found [1]")]
    public void A_query_that_is_none_is_refused(string query, string message)
    {
        var fault = Assert.Throws<FormatException>(() => VitrageQuery.Parse(query));
        Assert.StartsWith(message, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nesting_without_end_is_refused()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"not\":", 5000)) + "{\"==\":{\"a\":1}}" + new string('}', 5000);
        Assert.Throws<FormatException>(() => VitrageQuery.Parse(deep));
        var inner = string.Concat(Enumerable.Repeat("{\"not\":", 40)) + "{\"==\":{\"a\":1}}" + new string('}', 40);
        Assert.Equal(
            "the query is nested deeper than 32",
            Assert.Throws<FormatException>(() => VitrageQuery.Parse(inner)).Message);
    }

    [Fact]
    public void Any_text_is_read_or_refused() => Gen.String.Sample(text =>
    {
        try
        {
            VitrageQuery.Parse(text).Matches(Host);
        }
        catch (FormatException)
        {
            // The refusal that is due.
        }
    }, iter: 2000);
}

using System.Text.Json;
using CsCheck;
using Ops.Model;
using Xunit;

namespace Ops.Unit.Model.Wire;

/// <summary>The expected texts were printed by Python 3.11: <c>str(json.loads(...))</c>.</summary>
public sealed class PythonTextTests
{
    [Theory]
    [InlineData("\"plain\"", "plain")]
    [InlineData("null", "None")]
    [InlineData("true", "True")]
    [InlineData("false", "False")]
    [InlineData("-0", "0")]
    [InlineData("12345678901234567890123", "12345678901234567890123")]
    [InlineData("1.0", "1.0")]
    [InlineData("1e3", "1000.0")]
    [InlineData("1E-5", "1e-05")]
    [InlineData("0.0001", "0.0001")]
    [InlineData("1e16", "1e+16")]
    [InlineData("9999999999999998.0", "9999999999999998.0")]
    [InlineData("1.5e300", "1.5e+300")]
    [InlineData("-0.0", "-0.0")]
    [InlineData("1e999", "inf")]
    [InlineData("[]", "[]")]
    [InlineData("{}", "{}")]
    [InlineData("[\"a\",1,null,[true]]", "['a', 1, None, [True]]")]
    [InlineData("{\"b\":1,\"a\":[],\"b\":2}", "{'b': 2, 'a': []}")]
    [InlineData("[\"it's\",\"\\\"\",\"'\\\"\"]", "[\"it's\", '\"', '\\'\"']")]
    [InlineData("[\"\\u00e9\\u00a0\\u200b\\ue000\\udbff\\udffd\\n\"]", "['é\\xa0\\u200b\\ue000\\U0010fffd\\n']")]
    public void Values_are_printed_as_Python_prints_them(string json, string text) =>
        Assert.Equal(text, PythonText.Of(Json(json)));

    [Fact]
    public void Half_a_pair_of_surrogates_has_no_text() => Assert.Null(PythonText.Of(Json("[\"\\ud800\"]")));

    [Fact]
    public void A_double_reads_back_as_itself() => Gen.Double.Where(double.IsFinite).Sample(value =>
    {
        var text = PythonText.Of(value);
        Assert.Equal(value, double.Parse(text, System.Globalization.CultureInfo.InvariantCulture));
        Assert.True(text.AsSpan().ContainsAny(".e"));
    });

    private static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}

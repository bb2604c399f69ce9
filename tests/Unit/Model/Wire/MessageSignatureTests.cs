using System.Text;
using System.Text.Json;
using CsCheck;
using Ops.Model;
using Xunit;

namespace Ops.Unit.Model.Wire;

/// <summary>The expected signatures were computed by ceilometer.publisher.utils 19.0.0.</summary>
public sealed class MessageSignatureTests
{
    private const string Secret = "not-so-secret";

    [Theory]
    [InlineData("""{"a":"A","b":"B"}""", "698a5f64f76b33a057952a573da6f05582f7539f458c7dcf92b03224272514ed")]
    [InlineData(
        """{"a":{"A":"A","B":"B"},"b":"B","f":1.0,"l":["x",1],"n":1,"t":true,"z":null}""",
        "bdfe4cb0f3f9e2895d22cff62145f196ecaa6144ad2b78096945586e11337f3d")]
    public void A_message_is_signed_as_Ceilometer_signs_it(string message, string signature) =>
        Assert.Equal(signature, MessageSignature.Compute(Json(message), Secret));

    [Fact]
    public void Lists_in_lists_are_printed_as_Python_prints_bytes() => Assert.Equal(
        "937c4319b0e6291e7eb220fb29aa56c0c65bc2d170cc0da5029213f257b162e2",
        MessageSignature.Compute(
            Json("""{"l":[["a",[1,[null,true,false]]],{"k":"v","b":[{"z":1,"a":"x"}]}],"e":[],"d":{},"n":{"x":{}}}"""),
            Secret));

    [Fact]
    public void Numbers_are_printed_as_Python_prints_them() => Assert.Equal(
        "2c71cde5171efe37b4506190d018c98027ff9339598939cf4bb96d94719d0e8d",
        MessageSignature.Compute(
            Json(
                """
                {"f":[1e16,1e15,1e-5,0.0001,0.1,123456789012345680000.0,-0.0,1e22,5e-324,1.7976931348623157e308],
                "g":1e16,"h":1e-05,"i":0.1,"j":9007199254740993,"k":123456789012345678901234567890,"m":-0,"o":1E400}
                """),
            Secret));

    [Fact]
    public void Texts_are_bytes_in_lists_and_letters_outside() => Assert.Equal(
        "64e4ae411ba8b2a28481296ef648b91ac5d61b442e417a6172d5ce8a86306aed",
        MessageSignature.Compute(
            Json(
                """
                {"text":"h\u00e9llo \u4e16\ud83d\ude00",
                "list":["h\u00e9llo","it's","say \"x\"","both '\"","tab\t\n\r\u0000\u007f\\"],
                "\u00e9":1,"\ud83d\ude00":2,"\ufffd":3}
                """),
            Secret));

    [Fact]
    public void Only_the_outermost_signature_is_left_out() => Assert.Equal(
        "028b30df57b600ded8b89a1216225c2f8eacabf4c40c662fe68e857910c4ba52",
        MessageSignature.Compute(
            Json("""{"message_signature":"ignored","a":{"message_signature":"kept"},"A":1,"a:b":2}"""), Secret));

    [Fact]
    public void The_last_of_equal_keys_counts() => Assert.Equal(
        "8af5fdfed1d27c7b5f61ca4c1c7b2052a6957b02e88e11b9c6b6190a3c2aa7ef",
        MessageSignature.Compute(Json("""{"twice":1,"twice":2,"b":[1.5,2.0,-3.25e-7,100.0,1e100]}"""), Secret));

    [Fact]
    public void A_signed_message_verifies_and_a_changed_one_does_not()
    {
        const string signature = "698a5f64f76b33a057952a573da6f05582f7539f458c7dcf92b03224272514ed";
        Assert.True(Verify($$"""{"a":"A","b":"B","message_signature":"{{signature}}"}"""));
        Assert.False(Verify($$"""{"a":"A","b":"C","message_signature":"{{signature}}"}"""));
        Assert.False(Verify($$"""{"a":"A","b":"B","message_signature":"{{signature.ToUpperInvariant()}}"}"""));
        Assert.False(Verify("""{"a":"A","b":"B","message_signature":""}"""));
        Assert.False(Verify("""{"a":"A","b":"B","message_signature":7}"""));
        Assert.False(Verify("""{"a":"A","b":"B"}"""));
    }

    [Fact]
    public void An_empty_secret_signs_nothing_and_verifies_everything()
    {
        Assert.Equal("", MessageSignature.Compute(Json("""{"a":1}"""), ""));
        Assert.True(MessageSignature.Verify(Json("""{"a":1}"""), ""));
        Assert.True(MessageSignature.Verify(Json("[]"), ""));
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("""{"a":"\ud800"}""")]
    [InlineData("""{"a":["\udc00"]}""")]
    [InlineData("""{"\ud800":1}""")]
    [InlineData("""{"a":[{"\ud800":1}]}""")]
    public void What_cannot_be_signed_does_not_verify(string message)
    {
        Assert.False(MessageSignature.Verify(Json(message), Secret));
        var fault = Assert.Throws<ArgumentException>(() => MessageSignature.Compute(Json(message), Secret));
        Assert.StartsWith("only an object whose texts are Unicode can be signed", fault.Message);
    }

    [Fact]
    public void Any_object_verifies_once_it_is_signed() => Gen.Dictionary(Gen.String, Gen.OneOf<object>(
        Gen.String.Select(value => (object)value),
        Gen.Double.Where(double.IsFinite).Select(value => (object)value),
        Gen.Long.Select(value => (object)value),
        Gen.String.Array[0, 3].Select(value => (object)value))).Sample(
        members =>
        {
            var message = JsonSerializer.SerializeToElement(members);
            var signed = new Dictionary<string, object>(members)
            {
                [MessageSignature.Field] = MessageSignature.Compute(message, Secret),
            };
            Assert.True(MessageSignature.Verify(JsonSerializer.SerializeToElement(signed), Secret));
        },
        iter: 2000);

    private static bool Verify(string message) => MessageSignature.Verify(Json(message), Secret);

    private static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(Encoding.UTF8.GetBytes(text));
        return document.RootElement.Clone();
    }
}

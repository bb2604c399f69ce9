using System.Text;
using Ops.Collectors.Digests;
using Xunit;

namespace Ops.Unit.Collectors.Digests;

public sealed class Sha224Tests
{
    /// <summary>Source: the examples of FIPS 180-4, and RFC 3874; the last from Python's hashlib.</summary>
    [Theory]
    [InlineData("", "d14a028c2a3a2bc9476102bb288234c415a2b01f828ea62ac5b3e42f")]
    [InlineData("abc", "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7")]
    [InlineData(
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "75388b16512776cc5dba5da1fd890150b0c6455cb4f58b1952522525")]
    [InlineData("project-1node-1", "f85c0ba7039ddba0e5f8631044459548fae99f77d1affdd59231b011")]
    public void The_published_examples_hold(string text, string expected) =>
        Assert.Equal(expected, Convert.ToHexStringLower(Sha224.Hash(Encoding.ASCII.GetBytes(text))));

    [Fact]
    public void A_million_letters_hash_as_published() => Assert.Equal(
        "20794655980c91d8bbb4c1ea97618a4bf03f42581948b2ee4ee7ad67",
        Convert.ToHexStringLower(Sha224.Hash(Encoding.ASCII.GetBytes(new string('a', 1_000_000)))));
}

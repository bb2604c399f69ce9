using Ops.Server.Api.Security;
using Xunit;

namespace Ops.Unit.Server.Api;

public sealed class ListenAddressTests
{
    [Theory]
    [InlineData("http://127.0.0.1:8080", "http://127.0.0.1:8080", true)]
    [InlineData("http://127.9.9.9:1/", "http://127.9.9.9:1", true)]
    [InlineData("localhost:0", "http://localhost:0", true)]
    [InlineData("http://[::1]:8080", "http://[::1]:8080", true)]
    [InlineData("http://[::]:8080", "http://[::]:8080", false)]
    [InlineData("http://0.0.0.0:8080", "http://0.0.0.0:8080", false)]
    [InlineData("http://*:80", "http://*:80", false)]
    [InlineData("HTTP://ops.example.org:65535", "http://ops.example.org:65535", false)]
    public void An_address_is_read(string text, string canonical, bool loopback)
    {
        var address = ListenAddress.Parse(text, out var fault);
        Assert.Null(fault);
        Assert.Equal(canonical, address!.ToString());
        Assert.Equal(loopback, address.IsLoopback);
    }

    [Theory]
    [InlineData("8080")]
    [InlineData("http://127.0.0.1")]
    [InlineData("http://:8080")]
    [InlineData("http://a b:8080")]
    [InlineData("http://127.0.0.1:65536")]
    [InlineData("http://127.0.0.1:-1")]
    [InlineData("http://::1:8080")]
    [InlineData("http://[127.0.0.1]:8080")]
    [InlineData("ftp://127.0.0.1:8080")]
    public void What_is_no_address_is_told(string text)
    {
        Assert.Null(ListenAddress.Parse(text, out var fault));
        Assert.Equal($"'{text}' is not an address to listen on; write it like http://127.0.0.1:8080", fault);
    }

    [Fact]
    public void An_address_with_tls_is_refused_with_the_way_out()
    {
        Assert.Null(ListenAddress.Parse("https://127.0.0.1:8443", out var fault));
        Assert.Equal(
            "'https://127.0.0.1:8443': https is not served here; put a TLS proxy in front and listen on http", fault);
    }

    [Fact]
    public void Several_addresses_are_read()
    {
        var addresses = ListenAddress.ParseAll("http://127.0.0.1:1, http://[::1]:2", out var fault);
        Assert.Null(fault);
        Assert.Equal([new("127.0.0.1", 1), new ListenAddress("::1", 2)], addresses);
        Assert.Empty(ListenAddress.ParseAll(" , ", out fault));
        Assert.Equal("' , ' names no address; write it like http://127.0.0.1:8080", fault);
        Assert.Empty(ListenAddress.ParseAll("http://127.0.0.1:1,x", out fault));
        Assert.Equal("'x' is not an address to listen on; write it like http://127.0.0.1:8080", fault);
    }

    [Fact]
    public void Off_loopback_the_program_refuses_to_start_without_tokens()
    {
        var open = ListenAddress.ParseAll("http://127.0.0.1:8080,http://0.0.0.0:8080", out _);
        Assert.Equal(
            "refusing to listen on http://0.0.0.0:8080: others can reach it, and no tokens are configured. Listen on "
            + "http://127.0.0.1:8080, or put tokens under 'auth: tokens:' in ops.yaml (docs/configuration.md says how)",
            ListenRule.Refusal(open, []));
        Assert.Null(ListenRule.Refusal(open, [new ApiToken("a", ApiToken.HashOf("t"), ApiRole.Reader)]));
        Assert.Null(ListenRule.Refusal([ListenAddress.Usual], []));
    }

    [Fact]
    public void A_hash_is_that_of_sha256sum() => Assert.Equal(
        "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b", ApiToken.HashOf("secret"));
}

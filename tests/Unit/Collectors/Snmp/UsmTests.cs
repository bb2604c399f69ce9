using System.Text;
using CsCheck;
using Ops.Collectors.Digests;
using Ops.Collectors.Snmp;
using Ops.Collectors.Snmp.Security;
using Ops.Collectors.Snmp.Wire;
using Xunit;

namespace Ops.Unit.Collectors.Snmp;

public class UsmTests
{
    private static readonly byte[] Engine = Convert.FromHexString("000000000000000000000002");

    private static readonly SnmpPdu Pdu = new(SnmpTag.Get, 5, 0, 0, [SnmpBinding.Ask(SnmpPdu.SysUpTime)]);

    // RFC 3414, A.3.1 and A.3.2.
    [Theory]
    [InlineData(SnmpAuthProtocol.Md5, "9FAF3283884E92834EBC9847D8EDD963", "526F5EED9FCCE26F8964C2930787D82B")]
    [InlineData(SnmpAuthProtocol.Sha1, "9FB5CC0381497B3793528939FF788D5D79145211",
        "6695FEBC9288E36282235FC7151F128497B38F3F")]
    public void A_password_gives_the_keys_of_the_standard(SnmpAuthProtocol protocol, string key, string localKey)
    {
        Assert.Equal(key, Convert.ToHexString(UsmAuth.KeyOf(protocol, "maplesyrup"u8)));
        Assert.Equal(localKey, Convert.ToHexString(UsmAuth.LocalKey(protocol, "maplesyrup", Engine)));
    }

    // FIPS 180-4 examples.
    [Theory]
    [InlineData("", "d14a028c2a3a2bc9476102bb288234c415a2b01f828ea62ac5b3e42f")]
    [InlineData("abc", "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7")]
    [InlineData("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "75388b16512776cc5dba5da1fd890150b0c6455cb4f58b1952522525")]
    public void Sha224_is_that_of_the_standard(string text, string hash) =>
        Assert.Equal(hash, Convert.ToHexStringLower(Sha224.Hash(Encoding.ASCII.GetBytes(text))));

    // RFC 4231, test cases 1 and 6 (a key longer than a block).
    [Fact]
    public void Keyed_sha224_is_that_of_the_standard()
    {
        var shortKey = Enumerable.Repeat((byte)0x0B, 20).ToArray();
        Assert.Equal("896fb1128abbdf196832107cd49df33f47b4b1169912ba4f53684b22",
            Convert.ToHexStringLower(Sha224.Hmac(shortKey, "Hi There"u8)));
        var longKey = Enumerable.Repeat((byte)0xAA, 131).ToArray();
        Assert.Equal("95e9a0db962095adaebe9b2d6f0dbce2d499f112f2d2b7273fa6870e",
            Convert.ToHexStringLower(Sha224.Hmac(longKey, "Test Using Larger Than Block-Size Key - Hash Key First"u8)));
    }

    public static TheoryData<SnmpAuthProtocol, SnmpPrivProtocol> Levels()
    {
        var levels = new TheoryData<SnmpAuthProtocol, SnmpPrivProtocol>
        {
            { SnmpAuthProtocol.None, SnmpPrivProtocol.None },
        };
        foreach (var auth in Enum.GetValues<SnmpAuthProtocol>().Skip(1))
        {
            foreach (var priv in Enum.GetValues<SnmpPrivProtocol>())
            {
                levels.Add(auth, priv);
            }
        }

        return levels;
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void A_message_opens_with_its_keys_only(SnmpAuthProtocol auth, SnmpPrivProtocol priv)
    {
        var keys = UsmKeys.For(User(auth, priv), Engine);
        var written = Message().Write(keys, 77);
        Assert.Equal("1.3.6.1.2.1.1.3.0",
            UsmMessage.Open(written, keys, out var outcome)!.Pdu.Bindings[0].Name.ToString());
        Assert.Equal(UsmOutcome.Ok, outcome);
        if (auth == SnmpAuthProtocol.None)
        {
            return;
        }

        var others = UsmKeys.For(User(auth, priv) with { AuthPassword = "another password" }, Engine);
        Assert.Null(UsmMessage.Open(written, others, out outcome));
        Assert.Equal(UsmOutcome.WrongSignature, outcome);
        Assert.Null(UsmMessage.Open(written, UsmKeys.None, out outcome));
        Assert.Equal(UsmOutcome.WrongLevel, outcome);
        if (priv != SnmpPrivProtocol.None)
        {
            others = UsmKeys.For(User(auth, priv) with { PrivPassword = "another password" }, Engine);
            Assert.Null(UsmMessage.Open(written, others, out outcome));
            Assert.Equal(UsmOutcome.WrongKey, outcome);
            Assert.DoesNotContain("2B06010201010300", Convert.ToHexString(written));
        }
    }

    [Fact]
    public void No_octet_of_a_signed_message_can_be_changed()
    {
        var keys = UsmKeys.For(User(SnmpAuthProtocol.Sha256, SnmpPrivProtocol.Aes128), Engine);
        var written = Message().Write(keys, 77);
        Gen.Select(Gen.Int[0, written.Length - 1], Gen.Byte[1, 255]).Sample(change =>
        {
            var bytes = written.ToArray();
            bytes[change.Item1] ^= change.Item2;
            return UsmMessage.Open(bytes, keys, out _) is null;
        }, iter: 3000);
    }

    [Fact]
    public void A_cut_message_is_refused()
    {
        var keys = UsmKeys.For(User(SnmpAuthProtocol.Md5, SnmpPrivProtocol.Des), Engine);
        var written = Message().Write(keys, 77);
        Assert.All(Enumerable.Range(0, written.Length),
            length => Assert.Null(UsmMessage.Open(written.AsSpan(0, length), keys, out _)));
    }

    [Fact]
    public void A_credential_never_prints_its_secrets()
    {
        var user = User(SnmpAuthProtocol.Sha1, SnmpPrivProtocol.Aes128);
        var target = new SnmpTarget("10.0.0.5", 161, user);
        Assert.Equal("v3 ops (Sha1, Aes128)", user.ToString());
        Assert.DoesNotContain("password", target.ToString());
        Assert.DoesNotContain("secret", new SnmpTarget("h", 1, new SnmpCredential { Community = "secret" }).ToString());
    }

    private static UsmMessage Message() => new(
        new UsmHeader { MessageId = 9, EngineId = Engine, Boots = 3, Time = 400, User = "ops" }, Engine, "", Pdu);

    private static SnmpCredential User(SnmpAuthProtocol auth, SnmpPrivProtocol priv) => new()
    {
        Community = null, User = "ops", Auth = auth, Priv = priv, AuthPassword = "auth password",
        PrivPassword = "priv password",
    };
}

using CsCheck;
using Ops.Collectors.Snmp.Security;
using Ops.Collectors.Snmp.Wire;
using Xunit;

namespace Ops.Unit.Collectors.Snmp;

public class BerTests
{
    [Theory]
    [InlineData(0, "020100")]
    [InlineData(127, "02017F")]
    [InlineData(128, "02020080")]
    [InlineData(-1, "0201FF")]
    [InlineData(-129, "0202FF7F")]
    [InlineData(int.MaxValue, "02047FFFFFFF")]
    [InlineData(long.MinValue, "02088000000000000000")]
    public void A_number_takes_as_few_octets_as_it_needs(long number, string hex)
    {
        var writer = new BerWriter();
        writer.Integer(number);
        Assert.Equal(hex, Convert.ToHexString(writer.ToArray()));
        Assert.Equal(number, new BerReader(writer.ToArray()).Integer());
    }

    [Theory]
    [InlineData("1.3.6.1.2.1.1.3.0", "06082B06010201010300")]
    [InlineData("2.999.4294967295", "060788378FFFFFFF7F")]
    [InlineData("0.0", "060100")]
    public void An_identifier_is_written_and_read(string oid, string hex)
    {
        var writer = new BerWriter();
        writer.ObjectId(Oid.Of(oid));
        Assert.Equal(hex, Convert.ToHexString(writer.ToArray()));
        Assert.Equal(Oid.Of(oid), new BerReader(writer.ToArray()).ObjectId());
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("3.1")]
    [InlineData("1.40")]
    [InlineData("1.3.x")]
    [InlineData("1.3.4294967296")]
    [InlineData("1..3")]
    public void What_is_no_identifier_is_refused(string text) => Assert.Null(Oid.TryParse(text));

    [Fact]
    public void Identifiers_are_ordered_as_agents_order_them()
    {
        string[] ordered = ["1.3", "1.3.6", "1.3.6.1", "1.3.6.2", "1.3.6.10", "1.4"];
        Assert.Equal(ordered, ordered.Reverse().Select(Oid.Of).Order().Select(oid => oid.ToString()));
    }

    [Theory]
    [InlineData("0284")]
    [InlineData("02847FFFFFFF01")]
    [InlineData("0280")]
    [InlineData("0285000000000101")]
    [InlineData("0200")]
    [InlineData("0209010203040506070809")]
    public void A_length_that_lies_is_refused(string hex)
    {
        var reader = new BerReader(Convert.FromHexString(hex));
        Assert.Equal(0, reader.Integer());
        Assert.False(reader.Ok);
        Assert.True(reader.AtEnd);
    }

    [Fact]
    public void An_answer_written_out_by_hand_reads_as_it_is_meant()
    {
        // snmpd 5.9.3 to snmpget -v2c -c public 1.3.6.1.2.1.1.3.0
        var message = CommunityMessage.Read(Convert.FromHexString(
            "302C02010104067075626C6963A21F0204" + "1A2B3C4D" + "0201000201003011300F06082B0601020101030043030186A0"))!;
        Assert.Equal((1, "public", SnmpTag.Response), (message.Version, message.Community, message.Pdu.Type));
        var binding = Assert.Single(message.Pdu.Bindings);
        Assert.Equal("1.3.6.1.2.1.1.3.0", binding.Name.ToString());
        Assert.Equal(100_000, binding.Value.ToNumber());
    }

    [Theory]
    [InlineData("9F78043DCCCCCD", 0.1)]
    [InlineData("9F79083FF8000000000000", 1.5)]
    public void A_wrapped_float_is_a_number(string hex, double number) =>
        Assert.Equal(
            number, new SnmpValue(SnmpTag.Opaque, Bytes: Convert.FromHexString(hex)).ToNumber()!.Value, 6);

    [Theory]
    [InlineData("eth0", "eth0")]
    [InlineData("\u0001\u0002", "01:02")]
    [InlineData("", "")]
    public void Octets_are_text_where_they_are_printable(string octets, string text) =>
        Assert.Equal(
            text, new SnmpValue(SnmpTag.Octets, Bytes: System.Text.Encoding.UTF8.GetBytes(octets)).ToText());

    [Fact]
    public void A_counter_of_64_bits_keeps_its_top_bit()
    {
        var pdu = new SnmpPdu(SnmpTag.Response, 1, 0, 0,
            [new SnmpBinding(Oid.Of("1.3.6"), new SnmpValue(SnmpTag.Counter64, -1))]);
        var read = CommunityMessage.Read(new CommunityMessage(1, "c", pdu).Write())!.Pdu.Bindings[0].Value;
        Assert.Equal("18446744073709551615", read.ToText());
        Assert.Equal(18446744073709551615.0, read.ToNumber());
    }

    [Fact]
    public void Whatever_is_written_is_read_back() =>
        Gen.Select(Gen.Int, Gen.Long.List[0, 5], Gen.Byte.Array[0, 300], Gen.UInt.Array[0, 100]).Sample(one =>
        {
            var (id, numbers, octets, parts) = one;
            var name = Oid.Of("1.3.6").With(parts);
            SnmpBinding[] bindings =
            [
                .. numbers.Select(number => new SnmpBinding(name, new SnmpValue(SnmpTag.Counter64, number))),
                new(name, new SnmpValue(SnmpTag.ObjectId, ObjectId: name)),
                new(name, new SnmpValue(SnmpTag.Octets, Bytes: octets)),
            ];
            var written = new CommunityMessage(1, "x", new SnmpPdu(SnmpTag.Inform, id, 1, 2, bindings)).Write();
            var read = CommunityMessage.Read(written)!;
            return read.Pdu.RequestId == id && read.Write().AsSpan().SequenceEqual(written);
        }, iter: 500);

    [Fact]
    public void Bytes_of_any_kind_are_read_or_refused() =>
        Gen.Byte.Array[0, 200].Sample(bytes =>
        {
            CommunityMessage.Read(bytes);
            UsmMessage.Open(bytes, UsmKeys.None, out _);
            return CommunityMessage.VersionOf(bytes) is >= -1 and <= 3;
        }, iter: 20_000);

    [Fact]
    public void A_message_with_any_octets_changed_is_read_or_refused()
    {
        var pdu = new SnmpPdu(SnmpTag.TrapV2, 7, 0, 0,
            [new SnmpBinding(SnmpPdu.SnmpTrapOid, new SnmpValue(SnmpTag.ObjectId, ObjectId: Oid.Of("1.3.6.1")))]);
        var whole = new CommunityMessage(1, "public", pdu).Write();
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte, Gen.Int[0, whole.Length]).Sample(change =>
        {
            var bytes = whole.ToArray();
            bytes[change.Item1] = change.Item2;
            var read = CommunityMessage.Read(bytes.AsSpan(0, change.Item3));
            return read is null || read.Pdu.Bindings.Count <= SnmpPdu.BindingsMax;
        }, iter: 20_000);
    }
}

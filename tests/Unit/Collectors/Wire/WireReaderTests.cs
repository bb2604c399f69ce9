using CsCheck;
using Ops.Collectors.Wire;
using Xunit;

namespace Ops.Unit.Collectors.Wire;

public sealed class WireReaderTests
{
    [Fact]
    public void What_was_written_is_read()
    {
        var writer = new WireWriter();
        writer.Varint(1, ulong.MaxValue);
        writer.Fixed64(2, 7);
        writer.Double(3, -1.5);
        writer.Fixed32(4, 9);
        writer.Text(5, "grün");
        var nested = writer.Open(6);
        writer.Varint(1, 300);
        writer.Close(nested);

        var wire = new WireReader(writer.Written);
        Assert.True(wire.Read());
        Assert.Equal((WireTag.Varint(1), ulong.MaxValue), (wire.Tag, wire.Number));
        Assert.True(wire.Read());
        Assert.Equal((WireTag.Fixed64(2), 7UL), (wire.Tag, wire.Number));
        Assert.True(wire.Read());
        Assert.Equal(-1.5, wire.Double);
        Assert.True(wire.Read());
        Assert.Equal((WireTag.Fixed32(4), 9UL), (wire.Tag, wire.Number));
        Assert.True(wire.Read());
        Assert.Equal("grün"u8.ToArray(), wire.Bytes.ToArray());
        Assert.True(wire.Read());
        var inner = new WireReader(wire.Bytes);
        Assert.True(inner.Read());
        Assert.Equal(300UL, inner.Number);
        Assert.False(wire.Read());
        Assert.False(wire.IsBroken);
    }

    /// <summary>Source: the encoding page of the protobuf documentation, whose examples these bytes are.</summary>
    [Fact]
    public void The_examples_of_the_documentation_are_read()
    {
        var wire = new WireReader([0x08, 0x96, 0x01]);
        Assert.True(wire.Read());
        Assert.Equal((1U << 3, 150UL), (wire.Tag, wire.Number));

        wire = new WireReader([0x12, 0x07, 0x74, 0x65, 0x73, 0x74, 0x69, 0x6e, 0x67]);
        Assert.True(wire.Read());
        Assert.Equal("testing"u8.ToArray(), wire.Bytes.ToArray());
    }

    [Theory]
    [InlineData(new byte[] { 0x08 })]
    [InlineData(new byte[] { 0x08, 0x80 })]
    [InlineData(new byte[] { 0x09, 1, 2, 3 })]
    [InlineData(new byte[] { 0x0a, 5, 1, 2 })]
    [InlineData(new byte[] { 0x0d, 1, 2 })]
    [InlineData(new byte[] { 0x0b })]
    [InlineData(new byte[] { 0x00, 0x00 })]
    [InlineData(new byte[] { 0x0a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01 })]
    [InlineData(new byte[] { 0x08, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01 })]
    public void A_broken_message_is_said_to_be(byte[] message)
    {
        var wire = new WireReader(message);
        Assert.False(wire.Read());
        Assert.True(wire.IsBroken);
        Assert.False(wire.Read());
    }

    [Fact]
    public void Any_bytes_end()
    {
        Gen.Byte.Array[0, 200].Sample(message =>
        {
            var wire = new WireReader(message);
            var fields = 0;
            while (wire.Read())
            {
                fields++;
            }

            Assert.True(fields <= message.Length);
            Assert.True(wire.IsBroken || wire.At == message.Length);
        }, iter: 20_000);
    }

    [Fact]
    public void Equal_bytes_of_other_parents_are_other_keys()
    {
        var map = new ByteMap<string>(1000);
        map.Add(1, "key"u8, "one");
        map.Add(2, "key"u8, "two");
        Assert.Equal("one", map.Find(1, "key"u8));
        Assert.Equal("two", map.Find(2, "key"u8));
        Assert.Null(map.Find(3, "key"u8));
        Assert.Equal("one", map.Add(1, "key"u8, "again"));
    }

    [Fact]
    public void A_full_map_begins_anew()
    {
        var map = new ByteMap<string>(100);
        for (var i = 0; i < 250; i++)
        {
            map.Add(0, BitConverter.GetBytes(i), "value");
            Assert.True(map.Count <= 100);
        }

        Assert.NotNull(map.Find(0, BitConverter.GetBytes(249)));
        Assert.Null(map.Find(0, BitConverter.GetBytes(0)));

        var small = new ByteMap<string>(100, bytesMax: 10);
        small.Add(0, new byte[8], "value");
        small.Add(1, new byte[8], "value");
        Assert.Equal(1, small.Count);
    }
}

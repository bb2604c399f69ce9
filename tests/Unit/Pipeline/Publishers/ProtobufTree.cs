using System.Buffers.Binary;
using System.Text;

namespace Ops.Unit.Pipeline.Publishers;

/// <summary>Our own decoder of protobuf's wire format, strict, for looking at what the encoders wrote.</summary>
internal sealed class ProtobufTree
{
    private readonly List<(int Field, ulong Number, byte[]? Bytes)> _fields = [];

    public static ProtobufTree Parse(ReadOnlySpan<byte> bytes)
    {
        var tree = new ProtobufTree();
        while (!bytes.IsEmpty)
        {
            var tag = Varint(ref bytes);
            var field = (int)(tag >> 3);
            switch (tag & 7)
            {
                case 0:
                    tree._fields.Add((field, Varint(ref bytes), null));
                    break;
                case 1:
                    tree._fields.Add((field, BinaryPrimitives.ReadUInt64LittleEndian(bytes), null));
                    bytes = bytes[8..];
                    break;
                case 2:
                    var length = (int)Varint(ref bytes);
                    tree._fields.Add((field, 0, bytes[..length].ToArray()));
                    bytes = bytes[length..];
                    break;
                default:
                    throw new InvalidDataException($"wire type {tag & 7} of field {field}");
            }
        }

        return tree;
    }

    public IEnumerable<ProtobufTree> Messages(int field) =>
        _fields.Where(one => one.Field == field).Select(one => Parse(one.Bytes));

    public ProtobufTree Message(int field) => Messages(field).Single();

    public string Text(int field) =>
        Encoding.UTF8.GetString(_fields.SingleOrDefault(one => one.Field == field).Bytes ?? []);

    public ulong Number(int field) => _fields.SingleOrDefault(one => one.Field == field).Number;

    public double Double(int field) => BitConverter.UInt64BitsToDouble(Number(field));

    public bool Has(int field) => _fields.Any(one => one.Field == field);

    private static ulong Varint(ref ReadOnlySpan<byte> bytes)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var one = bytes[0];
            bytes = bytes[1..];
            value |= (ulong)(one & 0x7f) << shift;
            if (one < 0x80)
            {
                return value;
            }
        }
    }
}

namespace Ops.Collectors.Wire;

/// <summary>Number and type of a protobuf field in one value, as the wire has them.</summary>
internal static class WireTag
{
    /// <summary>A field of type 0: whole numbers, truth values, enumerations.</summary>
    public static uint Varint(int number) => (uint)number << 3;

    /// <summary>A field of type 1: 8 bytes.</summary>
    public static uint Fixed64(int number) => ((uint)number << 3) | 1;

    /// <summary>A field of type 2: text, bytes, messages, packed lists.</summary>
    public static uint Bytes(int number) => ((uint)number << 3) | 2;

    /// <summary>A field of type 5: 4 bytes.</summary>
    public static uint Fixed32(int number) => ((uint)number << 3) | 5;
}

using System.Runtime.InteropServices;
using Ops.Collectors.Libvirt.Domains;
using static Ops.Collectors.Libvirt.Native.LibvirtLibrary;

namespace Ops.Collectors.Libvirt.Native;

/// <summary>Copies libvirt's named values out of native memory.</summary>
internal static unsafe class TypedParameters
{
    /// <summary>The most values that are taken of one domain.</summary>
    public const int CountMax = 16_384;

    private const int NameBytes = 80;

    /// <summary>The values of a domain; what the caller frees is not kept.</summary>
    public static DomainStats Read(TypedParameter* parameters, int count)
    {
        var stats = new DomainStats();
        for (var i = 0; i < Math.Min(count, CountMax); i++)
        {
            var parameter = &parameters[i];
            var name = Name(parameter);
            if (parameter->Type == 7)
            {
                stats.Add(name, Marshal.PtrToStringUTF8(parameter->Text) ?? "");
            }
            else if (Number(parameter) is { } number)
            {
                stats.Add(name, number);
            }
        }

        return stats;
    }

    private static double? Number(TypedParameter* parameter) => parameter->Type switch
    {
        1 => parameter->Int,
        2 => parameter->UInt,
        3 => parameter->Long,
        4 => parameter->ULong,
        5 => parameter->Double,
        6 => parameter->Boolean,
        _ => null,
    };

    private static string Name(TypedParameter* parameter)
    {
        var bytes = new ReadOnlySpan<byte>(parameter->Field, NameBytes);
        var end = bytes.IndexOf((byte)0);
        return System.Text.Encoding.UTF8.GetString(end < 0 ? bytes : bytes[..end]);
    }
}

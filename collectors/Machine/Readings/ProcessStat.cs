using System.Text;
using Ops.Collectors.Machine.Files;

namespace Ops.Collectors.Machine.Readings;

/// <summary>A process as /proc/PID/stat tells it. Source: proc(5).</summary>
/// <param name="Name">The kernel's name for it, at most 15 bytes.</param>
/// <param name="Parent">The parent's process id.</param>
/// <param name="IsKernel">Whether it is a thread of the kernel.</param>
/// <param name="IsGone">Whether it has ended and only waits to be buried.</param>
/// <param name="CpuTicks">Time in programs and kernel, in ticks of 1/100 s.</param>
/// <param name="StartTicks">When it started, in ticks since boot; with the id it names the process for good.</param>
/// <param name="ResidentPages">Pages in memory, shared ones included.</param>
internal readonly record struct ProcessStat(
    string Name, int Parent, bool IsKernel, bool IsGone, long CpuTicks, long StartTicks, long ResidentPages)
{
    private const long KernelThreadFlag = 0x0020_0000;

    /// <summary>Reads the one line; false when it is cut short.</summary>
    /// <param name="text">The file.</param>
    /// <param name="knownName">The name read before, to spare making the same text again.</param>
    /// <param name="stat">What was read.</param>
    public static bool TryParse(ReadOnlySpan<byte> text, string? knownName, out ProcessStat stat)
    {
        stat = default;
        var open = text.IndexOf((byte)'(');
        var close = text.LastIndexOf((byte)')');
        if (open < 0 || close < open)
        {
            return false;
        }

        var fields = new FieldReader(text[(close + 1)..].TrimEnd((byte)'\n'));
        var state = fields.Word();
        var parent = (int)fields.Long();
        fields.Skip(4);
        var flags = fields.Long();
        fields.Skip(4);
        var ticks = fields.Long() + fields.Long();
        fields.Skip(6);
        var start = fields.Long();
        fields.Skip(1);
        var pages = fields.Word();
        if (pages.IsEmpty)
        {
            return false;
        }

        var isGone = state.SequenceEqual("Z"u8) || state.SequenceEqual("X"u8);
        stat = new ProcessStat(
            NameOf(text[(open + 1)..close], knownName), parent, (flags & KernelThreadFlag) != 0, isGone, ticks, start,
            FieldReader.ToLong(pages));
        return true;
    }

    private static string NameOf(ReadOnlySpan<byte> bytes, string? known)
    {
        Span<char> chars = stackalloc char[64];
        var length = bytes.Length <= chars.Length ? Encoding.UTF8.GetChars(bytes, chars) : -1;
        return length >= 0 && known is not null && chars[..length].SequenceEqual(known)
            ? known
            : Encoding.UTF8.GetString(bytes);
    }
}

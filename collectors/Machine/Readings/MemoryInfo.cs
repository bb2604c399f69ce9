using Ops.Collectors.Machine.Files;

namespace Ops.Collectors.Machine.Readings;

/// <summary>Memory and swap in kB of 1024 bytes. Source: proc(5), /proc/meminfo.</summary>
internal readonly record struct MemoryInfo(
    long Total, long Free, long Available, long Buffers, long Cached, long Dirty, long SwapTotal, long SwapFree)
{
    /// <summary>What cannot be given to a new program without swapping.</summary>
    public long Used => Math.Max(0, Total - Available);

    /// <summary>Reads the lines it knows; others are passed over.</summary>
    public static MemoryInfo Parse(ReadOnlySpan<byte> meminfo)
    {
        var info = default(MemoryInfo);
        long? available = null;
        var lines = new FieldReader(meminfo);
        while (lines.NextLine(out var line))
        {
            var name = line.Word();
            var value = line.Long();
            switch (name)
            {
                case var _ when name.SequenceEqual("MemTotal:"u8): info = info with { Total = value }; break;
                case var _ when name.SequenceEqual("MemFree:"u8): info = info with { Free = value }; break;
                case var _ when name.SequenceEqual("MemAvailable:"u8): available = value; break;
                case var _ when name.SequenceEqual("Buffers:"u8): info = info with { Buffers = value }; break;
                case var _ when name.SequenceEqual("Cached:"u8): info = info with { Cached = value }; break;
                case var _ when name.SequenceEqual("Dirty:"u8): info = info with { Dirty = value }; break;
                case var _ when name.SequenceEqual("SwapTotal:"u8): info = info with { SwapTotal = value }; break;
                case var _ when name.SequenceEqual("SwapFree:"u8): info = info with { SwapFree = value }; break;
            }
        }

        return info with { Available = available ?? info.Free + info.Buffers + info.Cached };
    }

    /// <summary>
    /// Reads one counter of a file of <c>name value</c> lines such as /proc/vmstat; null when it is not there.
    /// </summary>
    public static long? Counter(ReadOnlySpan<byte> text, ReadOnlySpan<byte> name)
    {
        var lines = new FieldReader(text);
        while (lines.NextLine(out var line))
        {
            if (line.Word().SequenceEqual(name))
            {
                return line.Long();
            }
        }

        return null;
    }
}

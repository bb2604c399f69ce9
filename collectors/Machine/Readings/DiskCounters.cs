using System.Text;
using Ops.Collectors.Machine.Files;

namespace Ops.Collectors.Machine.Readings;

/// <summary>What a block device did since boot. Source: the kernel's Documentation/admin-guide/iostats.rst.</summary>
/// <param name="Reads">Requests completed.</param>
/// <param name="ReadSectors">Sectors of 512 bytes, whatever the device's own block is.</param>
/// <param name="ReadMs">Time that reads took, summed over requests.</param>
/// <param name="Writes">As reads.</param>
/// <param name="WrittenSectors">As read sectors.</param>
/// <param name="WriteMs">As read time.</param>
/// <param name="BusyMs">Time in which at least one request was under way.</param>
internal readonly record struct DiskCounters(
    long Reads, long ReadSectors, long ReadMs, long Writes, long WrittenSectors, long WriteMs, long BusyMs)
{
    /// <summary>Bytes in a sector.</summary>
    public const int SectorBytes = 512;

    /// <summary>Reads /proc/diskstats, devices by name.</summary>
    public static void Parse(ReadOnlySpan<byte> diskstats, Dictionary<string, DiskCounters> byName)
    {
        byName.Clear();
        var names = byName.GetAlternateLookup<ReadOnlySpan<char>>();
        Span<char> name = stackalloc char[64];
        var lines = new FieldReader(diskstats);
        while (lines.NextLine(out var line))
        {
            line.Skip(2);
            var word = line.Word();
            if (word.IsEmpty || word.Length > name.Length)
            {
                continue;
            }

            var length = Encoding.UTF8.GetChars(word, name);
            names[name[..length]] = Counters(ref line);
        }
    }

    /// <summary>Percent of the time since an earlier reading in which the device was busy, 0 to 100.</summary>
    public double UtilisationPercent(in DiskCounters earlier, double seconds) =>
        seconds <= 0 ? 0 : Math.Clamp((BusyMs - earlier.BusyMs) / (seconds * 10), 0, 100);

    /// <summary>Mean milliseconds that a request took which completed since; 0 when none did.</summary>
    public double LatencyMs(in DiskCounters earlier)
    {
        var requests = Reads - earlier.Reads + Writes - earlier.Writes;
        var spentMs = ReadMs - earlier.ReadMs + WriteMs - earlier.WriteMs;
        return requests <= 0 || spentMs < 0 ? 0 : (double)spentMs / requests;
    }

    private static DiskCounters Counters(ref FieldReader line)
    {
        var reads = line.Long();
        line.Skip(1);
        var (readSectors, readMs, writes) = (line.Long(), line.Long(), line.Long());
        line.Skip(1);
        var (writtenSectors, writeMs) = (line.Long(), line.Long());
        line.Skip(1);
        return new DiskCounters(reads, readSectors, readMs, writes, writtenSectors, writeMs, line.Long());
    }
}

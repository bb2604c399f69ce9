using Ops.Collectors.Machine.Files;

namespace Ops.Collectors.Machine.Readings;

/// <summary>How long a CPU spent in each mode since boot, in clock ticks of 1/100 s.</summary>
/// <remarks>User holds guest time too, as the kernel counts it. Source: proc(5), /proc/stat.</remarks>
internal readonly record struct CpuTimes(
    long User, long Nice, long System, long Idle, long Iowait, long Irq, long Softirq, long Steal)
{
    /// <summary>Nanoseconds in a tick: USER_HZ is 100 wherever Linux runs.</summary>
    public const long TickNs = 10_000_000;

    /// <summary>Ticks in all modes.</summary>
    public long Total => User + Nice + System + Idle + Iowait + Irq + Softirq + Steal;

    /// <summary>Ticks that passed since an earlier reading, mode by mode; a mode that fell counts nothing.</summary>
    public CpuTimes Since(in CpuTimes earlier) => new(
        Grown(User, earlier.User), Grown(Nice, earlier.Nice), Grown(System, earlier.System), Grown(Idle, earlier.Idle),
        Grown(Iowait, earlier.Iowait), Grown(Irq, earlier.Irq), Grown(Softirq, earlier.Softirq),
        Grown(Steal, earlier.Steal));

    /// <summary>Reads the <c>cpu</c> lines of /proc/stat: the total, then each core by its number.</summary>
    public static CpuTimes Parse(ReadOnlySpan<byte> stat, List<(int Core, CpuTimes Times)> cores)
    {
        cores.Clear();
        var total = default(CpuTimes);
        var lines = new FieldReader(stat);
        while (lines.NextLine(out var line))
        {
            var name = line.Word();
            if (!name.StartsWith("cpu"u8))
            {
                break;
            }

            var times = new CpuTimes(
                line.Long(), line.Long(), line.Long(), line.Long(), line.Long(), line.Long(), line.Long(), line.Long());
            if (name.Length == 3)
            {
                total = times;
            }
            else
            {
                cores.Add(((int)FieldReader.ToLong(name[3..]), times));
            }
        }

        return total;
    }

    private static long Grown(long now, long earlier) => Math.Max(0, now - earlier);
}

using Ops.Collectors.Machine.Files;
using Ops.Collectors.Machine.Meters;
using Ops.Collectors.Machine.Readings;

namespace Ops.Collectors.Machine.Telemetry;

/// <summary>Memory, swap and kills for want of memory.</summary>
internal sealed class MemoryReader(MeasuredResource machine) : IMachineReader
{
    /// <inheritdoc/>
    public string Name => "memory";

    /// <inheritdoc/>
    public void Read(in MachinePoll poll)
    {
        if (poll.Files.Read("/proc/meminfo", out var meminfo) == FileAnswer.Ok)
        {
            Write(poll.Writer, MemoryInfo.Parse(meminfo));
        }

        if (poll.Files.Read("/proc/vmstat", out var vmstat) == FileAnswer.Ok)
        {
            poll.Writer.AddKnown(MemoryMeters.SwapIn, machine, MemoryInfo.Counter(vmstat, "pswpin"u8));
            poll.Writer.AddKnown(MemoryMeters.SwapOut, machine, MemoryInfo.Counter(vmstat, "pswpout"u8));
            poll.Writer.AddKnown(MemoryMeters.OomKills, machine, MemoryInfo.Counter(vmstat, "oom_kill"u8));
        }
    }

    private void Write(SampleWriter writer, in MemoryInfo now)
    {
        writer.Add(MemoryMeters.MemoryTotal, machine, now.Total);
        writer.Add(MemoryMeters.MemoryUsed, machine, now.Used);
        writer.Add(MemoryMeters.MemoryBuffer, machine, now.Buffers);
        writer.Add(MemoryMeters.MemoryCached, machine, now.Cached);
        writer.Add(MemoryMeters.MemoryAvailable, machine, now.Available);
        writer.Add(MemoryMeters.MemoryDirty, machine, now.Dirty);
        writer.Add(MemoryMeters.MemoryUsedPercent, machine, 100.0 * now.Used / now.Total);
        writer.Add(MemoryMeters.SwapTotal, machine, now.SwapTotal);
        writer.Add(MemoryMeters.SwapAvailable, machine, now.SwapFree);
        writer.Add(MemoryMeters.SwapUsedPercent, machine, 100.0 * (now.SwapTotal - now.SwapFree) / now.SwapTotal);
    }
}

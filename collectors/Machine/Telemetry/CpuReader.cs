using System.Globalization;
using Ops.Collectors.Machine.Files;
using Ops.Collectors.Machine.Meters;
using Ops.Collectors.Machine.Readings;
using Ops.Model;

namespace Ops.Collectors.Machine.Telemetry;

/// <summary>CPU time in total, by mode and by core, and load. Percents begin with the second poll.</summary>
internal sealed class CpuReader(MeasuredResource machine) : IMachineReader
{
    private readonly List<(int Core, CpuTimes Times)> _cores = [];
    private readonly Dictionary<int, (MeasuredResource Resource, CpuTimes Before)> _known = [];
    private CpuTimes? _before;

    /// <inheritdoc/>
    public string Name => "cpu";

    /// <inheritdoc/>
    public void Read(in MachinePoll poll)
    {
        if (poll.Files.Read("/proc/stat", out var stat) == FileAnswer.Ok)
        {
            var total = CpuTimes.Parse(stat, _cores);
            WriteTotal(poll.Writer, total);
            foreach (var (core, times) in _cores)
            {
                WriteCore(poll.Writer, core, times);
            }
        }

        if (poll.Files.Read("/proc/loadavg", out var loads) == FileAnswer.Ok)
        {
            var line = new FieldReader(loads);
            poll.Writer.Add(CpuMeters.Load1, machine, line.Double());
            poll.Writer.Add(CpuMeters.Load5, machine, line.Double());
            poll.Writer.Add(CpuMeters.Load15, machine, line.Double());
        }
    }

    private void WriteTotal(SampleWriter writer, in CpuTimes now)
    {
        writer.Add(CpuMeters.CpuUserTime, machine, (double)(now.User + now.Nice) * CpuTimes.TickNs);
        writer.Add(CpuMeters.CpuKernelTime, machine, (double)(now.System + now.Irq + now.Softirq) * CpuTimes.TickNs);
        writer.Add(CpuMeters.CpuIdleTime, machine, (double)now.Idle * CpuTimes.TickNs);
        writer.Add(CpuMeters.CpuIowaitTime, machine, (double)now.Iowait * CpuTimes.TickNs);
        if (_before is { } before && now.Since(before) is { Total: > 0 } spent)
        {
            var percent = 100.0 / spent.Total;
            writer.Add(CpuMeters.CpuPercent, machine, (spent.Total - spent.Idle - spent.Iowait) * percent);
            writer.Add(CpuMeters.CpuUserPercent, machine, (spent.User + spent.Nice) * percent);
            writer.Add(CpuMeters.CpuKernelPercent, machine, (spent.System + spent.Irq + spent.Softirq) * percent);
            writer.Add(CpuMeters.CpuIdlePercent, machine, spent.Idle * percent);
            writer.Add(CpuMeters.CpuIowaitPercent, machine, spent.Iowait * percent);
            writer.Add(CpuMeters.CpuNicePercent, machine, spent.Nice * percent);
            writer.Add(CpuMeters.CpuIrqPercent, machine, spent.Irq * percent);
            writer.Add(CpuMeters.CpuSoftirqPercent, machine, spent.Softirq * percent);
            writer.Add(CpuMeters.CpuStealPercent, machine, spent.Steal * percent);
        }

        _before = now;
    }

    private void WriteCore(SampleWriter writer, int core, in CpuTimes now)
    {
        if (_known.TryGetValue(core, out var known))
        {
            if (now.Since(known.Before) is { Total: > 0 } spent)
            {
                var busy = spent.Total - spent.Idle - spent.Iowait;
                writer.Add(CpuMeters.CorePercent, known.Resource, busy * 100.0 / spent.Total);
            }
        }
        else
        {
            var dimension = Tags.Of(("core", core.ToString(CultureInfo.InvariantCulture)));
            known.Resource = new MeasuredResource(machine.Type, machine.Id, machine.Id, machine.Metadata, dimension);
        }

        writer.Add(CpuMeters.CoreTime, known.Resource, (double)(now.Total - now.Idle - now.Iowait) * CpuTimes.TickNs);
        _known[core] = (known.Resource, now);
    }
}

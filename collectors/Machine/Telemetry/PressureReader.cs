using Ops.Collectors.Machine.Files;
using Ops.Collectors.Machine.Meters;
using Ops.Collectors.Machine.Readings;

namespace Ops.Collectors.Machine.Telemetry;

/// <summary>Pressure stall of CPU, memory and io; nothing where the kernel was built without it.</summary>
internal sealed class PressureReader(MeasuredResource machine) : IMachineReader
{
    private sealed record Subject(
        string File, MachineMeter SomeAvg10, MachineMeter SomeTotal, MachineMeter FullAvg10, MachineMeter FullTotal);

    private static readonly Subject[] Subjects =
    [
        new("/proc/pressure/cpu", PressureMeters.CpuSomeAvg10, PressureMeters.CpuSomeTotal,
            PressureMeters.CpuFullAvg10, PressureMeters.CpuFullTotal),
        new("/proc/pressure/memory", PressureMeters.MemorySomeAvg10, PressureMeters.MemorySomeTotal,
            PressureMeters.MemoryFullAvg10, PressureMeters.MemoryFullTotal),
        new("/proc/pressure/io", PressureMeters.IoSomeAvg10, PressureMeters.IoSomeTotal,
            PressureMeters.IoFullAvg10, PressureMeters.IoFullTotal),
    ];

    /// <inheritdoc/>
    public string Name => "pressure";

    /// <inheritdoc/>
    public void Read(in MachinePoll poll)
    {
        foreach (var subject in Subjects)
        {
            if (poll.Files.Read(subject.File, out var text) != FileAnswer.Ok
                || PressureStall.Parse(text) is not { } stall)
            {
                continue;
            }

            poll.Writer.Add(subject.SomeAvg10, machine, stall.SomeAvg10);
            poll.Writer.Add(subject.SomeTotal, machine, stall.SomeTotalUs);
            if (stall.FullAvg10 is { } full)
            {
                poll.Writer.Add(subject.FullAvg10, machine, full);
                poll.Writer.Add(subject.FullTotal, machine, stall.FullTotalUs);
            }
        }
    }
}

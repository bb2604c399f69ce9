using Ops.Rca.Evaluation;

namespace Ops.Rca.Replay;

/// <summary>What a replay cost.</summary>
/// <param name="Events">Lines of input other than marks; where there are marks, those after the last.</param>
/// <param name="Matches">Matches that came or went, over all lines.</param>
/// <param name="CpuMsP50">CPU milliseconds of an event, the median.</param>
/// <param name="CpuMsP99">The same, 99th percentile.</param>
/// <param name="EventsPerCpuSecond">Events over the CPU seconds that they took together.</param>
/// <param name="BytesPerVertex">Managed bytes, all in, for each live vertex.</param>
public sealed record RcaReplayStats(
    long Events, long Matches, double CpuMsP50, double CpuMsP99, double EventsPerCpuSecond, double BytesPerVertex);

/// <summary>Measures events.</summary>
internal sealed class ReplayMeasure(bool on)
{
    private readonly List<double> _cpuMs = [];
    private readonly long _bytesBefore = on ? GC.GetTotalMemory(forceFullCollection: true) : 0;
    private TimeSpan _start;

    public void Begin()
    {
        if (on && (OperatingSystem.IsLinux() || OperatingSystem.IsWindows()))
        {
            _start = Environment.CpuUsage.TotalTime;
        }
    }

    public void End()
    {
        if (on && (OperatingSystem.IsLinux() || OperatingSystem.IsWindows()))
        {
            _cpuMs.Add((Environment.CpuUsage.TotalTime - _start).TotalMilliseconds);
        }
    }

    /// <summary>Starts to count anew.</summary>
    public void Mark() => _cpuMs.Clear();

    public RcaReplayStats? Result(Reasoner reasoner)
    {
        if (!on)
        {
            return null;
        }

        var events = _cpuMs.Count;
        var sorted = _cpuMs.Order().ToArray();
        _cpuMs.Clear();
        _cpuMs.TrimExcess();
        var bytes = GC.GetTotalMemory(forceFullCollection: true) - _bytesBefore - (8L * events);
        return new RcaReplayStats(
            events, reasoner.Matches, At(sorted, 0.5), At(sorted, 0.99),
            events == 0 ? 0 : Math.Round(events * 1000 / Math.Max(sorted.Sum(), 0.001)),
            reasoner.Vertices == 0 ? 0 : Math.Round((double)bytes / reasoner.Vertices, 1));
    }

    private static double At(double[] sorted, double share) =>
        sorted.Length == 0 ? 0 : sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];
}

using Ops.Collectors.Machine.Meters;

namespace Ops.Collectors.Machine.Telemetry;

/// <summary>What the collector's own process costs.</summary>
internal sealed class AgentReader(MeasuredResource machine) : IMachineReader
{
    private TimeSpan _cpuBefore;
    private double _secondsBefore = double.NaN;

    /// <summary>How long the poll before took; zero before the first is done.</summary>
    public TimeSpan PollDuration { get; set; }

    /// <summary>How many readers failed since the start.</summary>
    public long PollFailures { get; set; }

    /// <inheritdoc/>
    public string Name => "agent";

    /// <inheritdoc/>
    public void Read(in MachinePoll poll)
    {
        var writer = poll.Writer;
        var cpu = Environment.CpuUsage.TotalTime;
        if (poll.Seconds > _secondsBefore)
        {
            var share = (cpu - _cpuBefore).TotalSeconds / (poll.Seconds - _secondsBefore);
            writer.Add(AgentMeters.AgentCpu, machine, 100 * share);
        }

        (_cpuBefore, _secondsBefore) = (cpu, poll.Seconds);
        var collections = 0;
        for (var generation = 0; generation <= GC.MaxGeneration; generation++)
        {
            collections += GC.CollectionCount(generation);
        }

        var memory = GC.GetGCMemoryInfo();
        writer.Add(AgentMeters.AgentMemory, machine, Environment.WorkingSet);
        writer.Add(AgentMeters.AgentHeap, machine, memory.HeapSizeBytes);
        writer.Add(AgentMeters.AgentCollections, machine, collections);
        writer.Add(AgentMeters.AgentPause, machine, memory.PauseTimePercentage);
        writer.Add(AgentMeters.AgentPollFailures, machine, PollFailures);
        if (PollDuration > TimeSpan.Zero)
        {
            writer.Add(AgentMeters.AgentPollDuration, machine, PollDuration.TotalMilliseconds);
        }
    }
}

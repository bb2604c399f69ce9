using Ops.Collectors.Machine.Files;
using Ops.Collectors.Machine.Meters;
using Ops.Collectors.Machine.Readings;
using Ops.Collectors.Machine.Topology;

namespace Ops.Collectors.Machine.Telemetry;

/// <summary>What each service uses: of its cgroup where systemd gave it one, else the sum of its processes.</summary>
internal sealed class ServiceReader(string machine, ServiceTracker tracker) : IMachineReader
{
    private readonly Dictionary<string, (double Seconds, double CpuSeconds)> _groupBefore = [];
    private double _beforeSeconds = double.NaN;

    /// <inheritdoc/>
    public string Name => "services";

    /// <inheritdoc/>
    public void Read(in MachinePoll poll)
    {
        foreach (var service in tracker.ById.Values)
        {
            var resource = ResourceOf(service);
            WriteUp(poll.Writer, service);
            poll.Writer.Add(ServiceMeters.ServiceRestarts, resource, service.Restarts);
            if (service.IsUp)
            {
                WriteUse(poll, service, resource);
            }
        }

        _beforeSeconds = poll.Seconds;
    }

    /// <summary>Only whether services are up.</summary>
    public void ReadUp(SampleWriter writer)
    {
        foreach (var service in tracker.ById.Values)
        {
            WriteUp(writer, service);
        }
    }

    private void WriteUp(SampleWriter writer, KnownService service) =>
        writer.Add(ServiceMeters.ServiceUp, ResourceOf(service), service.IsUp ? 1 : 0);

    private void WriteUse(in MachinePoll poll, KnownService service, MeasuredResource resource)
    {
        var (ticks, pages, openFiles) = (0L, 0L, 0L);
        var isKnown = true;
        foreach (var member in service.Members)
        {
            ticks += member.CpuTicks - (member.SampledCpuTicks ?? member.CpuTicks);
            member.SampledCpuTicks = member.CpuTicks;
            pages += member.ResidentPages;
            openFiles += member.OpenFiles ?? 0;
            isKnown &= member.OpenFiles is not null;
        }

        var cpuPercent = 100 * (ticks * (double)CpuTimes.TickNs / 1e9) / (poll.Seconds - _beforeSeconds);
        var memoryBytes = (double)pages * Environment.SystemPageSize;
        if (GroupFolder(service) is { } folder)
        {
            cpuPercent = GroupCpuPercent(poll, folder) ?? cpuPercent;
            memoryBytes = poll.Files.Read($"{folder}/memory.current", out var text) == FileAnswer.Ok
                ? FieldReader.ToLong(text)
                : memoryBytes;
        }

        poll.Writer.Add(ServiceMeters.ServiceCpu, resource, cpuPercent);
        poll.Writer.Add(ServiceMeters.ServiceMemory, resource, memoryBytes);
        poll.Writer.Add(ServiceMeters.ServiceProcesses, resource, service.Members.Count);
        if (isKnown)
        {
            poll.Writer.Add(ServiceMeters.ServiceOpenFiles, resource, openFiles);
        }
    }

    /// <summary>
    /// The folder of the service's own group: one that is named after its unit. A client's unit has other parts.
    /// </summary>
    private static string? GroupFolder(KnownService service)
    {
        var path = service.Members.Count > 0 ? service.Members[0].Group.Unified : null;
        return !service.IsClient && service.Unit.Length > 0 && path is not null
            && path.EndsWith($"/{service.Unit}", StringComparison.Ordinal)
            ? $"/sys/fs/cgroup{path}"
            : null;
    }

    private double? GroupCpuPercent(in MachinePoll poll, string folder)
    {
        if (poll.Files.Read($"{folder}/cpu.stat", out var text) != FileAnswer.Ok
            || MemoryInfo.Counter(text, "usage_usec"u8) is not { } usedUs)
        {
            return null;
        }

        var isKnown = _groupBefore.TryGetValue(folder, out var before);
        if (!isKnown && _groupBefore.Count >= ServiceTracker.CountMax)
        {
            _groupBefore.Clear();
        }

        var cpuSeconds = usedUs / 1e6;
        _groupBefore[folder] = (poll.Seconds, cpuSeconds);
        return isKnown && cpuSeconds >= before.CpuSeconds && poll.Seconds > before.Seconds
            ? 100 * (cpuSeconds - before.CpuSeconds) / (poll.Seconds - before.Seconds)
            : null;
    }

    private MeasuredResource ResourceOf(KnownService service)
    {
        var metadata = service.Resource?.Metadata;
        if (metadata is null || !Equals(metadata["command"], service.Command)
            || !Equals(metadata["unit"], service.Unit))
        {
            service.Resource = new MeasuredResource(
                EntityTypes.Service, service.Id, service.Name,
                new Dictionary<string, object?>
                {
                    ["host"] = machine,
                    ["command"] = service.Command,
                    ["unit"] = service.Unit,
                    ["port"] = service.IsClient ? null : (long)service.Port,
                });
        }

        return service.Resource!;
    }
}

using Ops.Collectors.Machine.Files;
using Ops.Collectors.Machine.Meters;
using Ops.Collectors.Machine.Readings;
using Ops.Collectors.Machine.Topology;

namespace Ops.Collectors.Machine.Telemetry;

/// <summary>What interfaces carry, and how TCP fares.</summary>
internal sealed class NetworkReader(MeasuredResource machine, MachineParts parts) : IMachineReader
{
    private readonly Dictionary<string, InterfaceCounters> _counters = [];

    /// <inheritdoc/>
    public string Name => "network";

    /// <inheritdoc/>
    public void Read(in MachinePoll poll)
    {
        if (poll.Files.Read("/proc/net/dev", out var dev) == FileAnswer.Ok)
        {
            InterfaceCounters.Parse(dev, _counters);
            foreach (var part in parts.Interfaces)
            {
                if (_counters.TryGetValue(part.Name, out var counters))
                {
                    Write(poll.Writer, part.Resource, counters);
                }
            }
        }

        if (poll.Files.Read("/proc/net/snmp", out var snmp) == FileAnswer.Ok)
        {
            poll.Writer.AddKnown(
                NetworkMeters.TcpRetransmits, machine, TcpCounters.Find(snmp, "Tcp:"u8, "RetransSegs"u8));
            poll.Writer.AddKnown(
                NetworkMeters.TcpEstablished, machine, TcpCounters.Find(snmp, "Tcp:"u8, "CurrEstab"u8));
        }

        if (poll.Files.Read("/proc/net/netstat", out var netstat) == FileAnswer.Ok)
        {
            poll.Writer.AddKnown(
                NetworkMeters.TcpListenOverflows, machine,
                TcpCounters.Find(netstat, "TcpExt:"u8, "ListenOverflows"u8));
            poll.Writer.AddKnown(
                NetworkMeters.TcpListenDrops, machine, TcpCounters.Find(netstat, "TcpExt:"u8, "ListenDrops"u8));
        }
    }

    private static void Write(SampleWriter writer, MeasuredResource resource, in InterfaceCounters now)
    {
        writer.Add(NetworkMeters.InBytes, resource, now.InBytes);
        writer.Add(NetworkMeters.OutBytes, resource, now.OutBytes);
        writer.Add(NetworkMeters.OutErrors, resource, now.OutErrors);
        writer.Add(NetworkMeters.InErrors, resource, now.InErrors);
        writer.Add(NetworkMeters.InPackets, resource, now.InPackets);
        writer.Add(NetworkMeters.OutPackets, resource, now.OutPackets);
        writer.Add(NetworkMeters.InDrops, resource, now.InDrops);
        writer.Add(NetworkMeters.OutDrops, resource, now.OutDrops);
    }
}

using System.Globalization;

namespace Ops.Benchmarks.Rca;

/// <summary>A cloud of hosts and instances under a random walk of alarms, and what must be true in the end.</summary>
/// <remarks>
/// Shapes and rules are those of the driver that measures Vitrage, so that figures compare: seven alarms on hosts,
/// half of them on hosts that are already in trouble; <c>Active</c> is how many are up on average.
/// </remarks>
public sealed record RcaInput(string Name, int Hosts, int Instances, int Zones, int Events, int Active)
{
    private static readonly (string Name, string Severity)[] Alarms =
    [
        ("cpu_high", "WARNING"), ("host_down", "CRITICAL"), ("nic_down", "CRITICAL"), ("mem_high", "WARNING"),
        ("disk_full", "WARNING"), ("service_fail", "CRITICAL"), ("maintenance", "WARNING"),
    ];

    private readonly Dictionary<int, HashSet<string>> _on = [];

    public int Vertices => Zones + Hosts + (Hosts * Instances);

    /// <summary>Writes the observations; remembers which alarms are up at the end.</summary>
    public void Write(string path)
    {
        using var output = new StreamWriter(path);
        for (var zone = 0; zone < Zones; zone++)
        {
            var id = $"zone-{zone}";
            output.WriteLine(
                $$$"""{"entity":{"type":"nova.zone","id":"{{{id}}}","name":"{{{id}}}","state":"available"}}""");
        }

        for (var host = 0; host < Hosts; host++)
        {
            WriteContained(output, "nova.host", $"host-{host}", "available", "nova.zone", $"zone-{host % Zones}");
        }

        for (var host = 0; host < Hosts; host++)
        {
            for (var instance = 0; instance < Instances; instance++)
            {
                WriteContained(output, "nova.instance", $"vm-{host}-{instance}", "ACTIVE", "nova.host", $"host-{host}");
            }
        }

        output.WriteLine("""{"mark":"events"}""");
        WriteEvents(output);
    }

    /// <summary>The deduced alarms, bad states and causes that must hold at the end, as sorted lines of text.</summary>
    public SortedSet<string> Expected()
    {
        var expected = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (host, up) in _on)
        {
            var hostId = string.Create(CultureInfo.InvariantCulture, $"host-{host}");
            var hostState = up.Contains("host_down") ? "ERROR" : up.Contains("cpu_high") ? "SUBOPTIMAL" : null;
            AddUnless(expected, hostState is null, $"state {hostId} {hostState}");
            AddUnless(
                expected, !(up.Contains("mem_high") && up.Contains("disk_full")),
                $"alarm {hostId} host_capacity_exhausted CRITICAL");
            AddUnless(
                expected, !up.Contains("service_fail") || up.Contains("maintenance"),
                $"alarm {hostId} unplanned_outage WARNING");
            for (var instance = 0; instance < Instances; instance++)
            {
                AddInstance(expected, up, hostId, $"vm-{host}-{instance}");
            }
        }

        return expected;
    }

    private static void AddInstance(SortedSet<string> expected, HashSet<string> up, string host, string vm)
    {
        if (up.Contains("cpu_high"))
        {
            expected.Add($"alarm {vm} instance_cpu_degraded WARNING");
            expected.Add($"cause {host} cpu_high {vm} instance_cpu_degraded");
        }

        if (up.Contains("nic_down"))
        {
            expected.Add($"alarm {vm} instance_network_down CRITICAL");
            expected.Add($"cause {host} nic_down {vm} instance_network_down");
            expected.Add($"state {vm} ERROR");
        }
        else if (up.Contains("cpu_high") || up.Contains("host_down"))
        {
            expected.Add($"state {vm} SUBOPTIMAL");
        }
    }

    private static void AddUnless(SortedSet<string> set, bool not, string line)
    {
        if (!not)
        {
            set.Add(line);
        }
    }

    private static void WriteContained(
        StreamWriter output, string type, string id, string state, string parentType, string parentId)
    {
        output.Write($$"""{"entity":{"type":"{{type}}","id":"{{id}}","name":"{{id}}","state":"{{state}}"},""");
        output.WriteLine(
            $$$"""  "relations":[{"label":"contains","from":{"type":"{{{parentType}}}","id":"{{{parentId}}}"}}]}""");
    }

    private void WriteEvents(StreamWriter output)
    {
        var random = new Random(1);
        var active = new List<(int Host, int Alarm)>();
        var known = new HashSet<(int, int)>();
        for (var seq = 0; seq < Events; seq++)
        {
            if (active.Count > 0 && random.NextDouble() < Math.Min(0.5, active.Count / (2.0 * Active)))
            {
                var at = random.Next(active.Count);
                var cleared = active[at];
                active[at] = active[^1];
                active.RemoveAt(active.Count - 1);
                known.Remove(cleared);
                _on[cleared.Host].Remove(Alarms[cleared.Alarm].Name);
                WriteAlarm(output, cleared, "OK");
                continue;
            }

            (int Host, int Alarm) raised;
            do
            {
                var host = active.Count > 0 && random.NextDouble() < 0.5
                    ? active[random.Next(active.Count)].Host
                    : random.Next(Hosts);
                raised = (host, random.Next(Alarms.Length));
            }
            while (!known.Add(raised));

            active.Add(raised);
            if (!_on.TryGetValue(raised.Host, out var up))
            {
                _on[raised.Host] = up = [];
            }

            up.Add(Alarms[raised.Alarm].Name);
            WriteAlarm(output, raised, Alarms[raised.Alarm].Severity);
        }
    }

    private static void WriteAlarm(StreamWriter output, (int Host, int Alarm) alarm, string severity)
    {
        var name = Alarms[alarm.Alarm].Name;
        output.Write($$"""{"alarm":{"type":"nagios","name":"{{name}}","severity":"{{severity}}",""");
        output.WriteLine($$$$"""  "resource":{"type":"nova.host","id":"host-{{{{alarm.Host}}}}"}}}""");
    }
}

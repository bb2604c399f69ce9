using System.Globalization;
using Ops.Collectors.Machine.Telemetry;
using Ops.Model;

namespace Ops.Collectors.Machine.Topology;

/// <summary>A connection that a service was seen to hold.</summary>
internal sealed class KnownConnection
{
    /// <summary>When it was first seen, by the clock that never jumps.</summary>
    public required double FirstSeconds { get; init; }

    /// <summary>When it was last seen.</summary>
    public double LastSeconds { get; set; }

    /// <summary>Whether it is shown.</summary>
    public bool IsShown { get; set; }
}

/// <summary>A service or client with its memory: it stays itself while its processes come and go.</summary>
internal sealed class KnownService
{
    /// <summary>The entity's id.</summary>
    public required string Id { get; init; }

    /// <summary>Unit or command, which with a port names it.</summary>
    public required string Key { get; init; }

    /// <summary>Its container, or null.</summary>
    public required string? ContainerId { get; init; }

    /// <summary>Whether it listens on nothing and is there only for its connections.</summary>
    public required bool IsClient { get; init; }

    /// <summary>The port that is part of its name, the lowest when it was first seen; 0 for a client.</summary>
    public int Port { get; init; }

    /// <summary>What it runs.</summary>
    public string Command { get; set; } = "";

    /// <summary>Its systemd unit, or empty.</summary>
    public string Unit { get; set; } = "";

    /// <summary>Its user.</summary>
    public string User { get; set; } = "";

    /// <summary>The process that stands for it.</summary>
    public int ProcessId { get; set; }

    /// <summary>The ports, lowest first; empty for a client.</summary>
    public SortedSet<int> Ports { get; set; } = [];

    /// <summary>Interfaces that it is bound to.</summary>
    public SortedSet<string> Interfaces { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Where filesystems are mounted that it writes to.</summary>
    public SortedSet<string> WritesTo { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Its connections, by the entity at the other end.</summary>
    public Dictionary<EntityRef, KnownConnection> Connections { get; } = [];

    /// <summary>Its processes in the last poll that saw it.</summary>
    public List<ProcessEntry> Members { get; } = [];

    /// <summary>The processes that listen (a client's: that are connected).</summary>
    public HashSet<ProcessEntry> Owners { get; } = [];

    /// <summary>When it first listened since it was last away.</summary>
    public double UpSinceSeconds { get; set; }

    /// <summary>When it vanished; null while it is up.</summary>
    public double? DownSinceSeconds { get; set; }

    /// <summary>How often it came back as another process.</summary>
    public long Restarts { get; set; }

    /// <summary>What its samples are taken of.</summary>
    public MeasuredResource? Resource { get; set; }

    /// <summary>Whether it is up.</summary>
    public bool IsUp => DownSinceSeconds is null;

    /// <summary>The entity.</summary>
    public EntityRef Entity => new(EntityTypes.Service, Id);

    /// <summary>The name for people: the id without the machine.</summary>
    public string Name => IsClient ? Key : string.Create(CultureInfo.InvariantCulture, $"{Key}:{Port}");

    /// <summary>Its processes when it was remembered, until they are met again.</summary>
    public HashSet<(int Id, long StartTicks)> Remembered { get; init; } = [];

    /// <summary>Whether one of its processes, now or when it was remembered, is among these.</summary>
    public bool IsRunBy(IReadOnlyCollection<ProcessEntry> owners) =>
        Owners.Overlaps(owners) || owners.Any(owner => Remembered.Contains((owner.Id, owner.StartTicks)));

    /// <summary>Meets again the processes that an earlier run of the program remembered.</summary>
    public void Recall(ProcessTable processes)
    {
        foreach (var (id, startTicks) in Remembered)
        {
            if (processes.ById.TryGetValue(id, out var entry) && entry.StartTicks == startTicks)
            {
                Owners.Add(entry);
            }
        }

        Remembered.Clear();
    }

    /// <summary>Takes over what a poll saw of the processes.</summary>
    public void See(ProcessEntry lead, IEnumerable<ProcessEntry> owners, IEnumerable<ProcessEntry> members)
    {
        Remembered.Clear();
        Owners.Clear();
        Owners.UnionWith(owners);
        Members.Clear();
        Members.AddRange(members);
        (Command, Unit, User, ProcessId) = (lead.Command, lead.Group.Unit, lead.User, lead.Id);
        WritesTo.Clear();
        foreach (var member in Members)
        {
            WritesTo.UnionWith(member.WritesTo);
        }
    }
}

using Ops.Collectors.Machine.Readings;

namespace Ops.Collectors.Machine.Topology;

/// <summary>A process while it lives: what never changes is read once, the rest at every poll.</summary>
internal sealed class ProcessEntry
{
    /// <summary>Its number; with <see cref="StartTicks"/> it names the process for good.</summary>
    public required int Id { get; init; }

    /// <summary>When it started, in clock ticks since boot.</summary>
    public required long StartTicks { get; init; }

    /// <summary>The kernel's name for it, by which another program in the same process is noticed.</summary>
    public required string KernelName { get; init; }

    /// <summary>What it runs, short.</summary>
    public required string Command { get; init; }

    /// <summary>The name of its user.</summary>
    public required string User { get; init; }

    /// <summary>Its unit and container.</summary>
    public required CgroupPath Group { get; init; }

    /// <summary>Its network namespace, such as <c>net:[4026531833]</c>; empty where it may not be known.</summary>
    public required string NetworkNamespace { get; init; }

    /// <summary>The process that started it.</summary>
    public int Parent { get; set; }

    /// <summary>CPU time so far, in clock ticks.</summary>
    public long CpuTicks { get; set; }

    /// <summary>CPU time when the service was last sampled; null before.</summary>
    public long? SampledCpuTicks { get; set; }

    /// <summary>Pages of memory.</summary>
    public long ResidentPages { get; set; }

    /// <summary>Inodes of the sockets it holds.</summary>
    public List<long> Sockets { get; } = [];

    /// <summary>Where the filesystems are mounted that it has files open on for writing.</summary>
    public SortedSet<string> WritesTo { get; } = new(StringComparer.Ordinal);

    /// <summary>How many files it holds open; null where that may not be known.</summary>
    public int? OpenFiles { get; set; }

    /// <summary>The poll that saw it last.</summary>
    public long Round { get; set; }

    /// <summary>What names it over a restart: the unit, else the command.</summary>
    public string Key => Group.Unit.Length > 0 ? Group.Unit[..^".service".Length] : Command;

    /// <summary>
    /// Whether two processes are parts of one program: the same unit, else the same command; in one container.
    /// </summary>
    public bool IsOneWith(ProcessEntry other) => Key == other.Key && Group.ContainerId == other.Group.ContainerId;
}

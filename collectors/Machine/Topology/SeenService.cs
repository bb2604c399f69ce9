using Ops.Collectors.Machine.Readings;

namespace Ops.Collectors.Machine.Topology;

/// <summary>What one poll found listening: a program with its ports.</summary>
internal sealed class SeenService
{
    /// <summary>The process that stands for it: the eldest that listens.</summary>
    public required ProcessEntry Lead { get; init; }

    /// <summary>The processes that hold a listening socket.</summary>
    public HashSet<ProcessEntry> Owners { get; } = [];

    /// <summary>The owners, and the processes they started that are parts of the same service.</summary>
    public List<ProcessEntry> Members { get; } = [];

    /// <summary>The ports, lowest first.</summary>
    public SortedSet<int> Ports { get; } = [];

    /// <summary>The addresses it listens at.</summary>
    public HashSet<TcpAddress> Addresses { get; } = [];
}

/// <summary>Somebody connected to something.</summary>
/// <param name="From">The process that opened the connection.</param>
/// <param name="FromService">The service that the process is part of, or null.</param>
/// <param name="To">The local service at the other end, or null.</param>
/// <param name="Remote">The other end.</param>
internal readonly record struct SeenConnection(
    ProcessEntry From, SeenService? FromService, SeenService? To, TcpAddress Remote);

using Ops.Collectors.Machine.Files;
using Ops.Collectors.Machine.Readings;

namespace Ops.Collectors.Machine.Topology;

/// <summary>The TCP sockets of every network namespace that a process lives in.</summary>
internal sealed class SocketScan(IMachineFiles files)
{
    /// <summary>The most namespaces that are looked at.</summary>
    public const int NamespacesMax = 256;

    private const int ListenerBytesMax = 256 << 10;

    private readonly Dictionary<string, SocketTable> _byNamespace = [];
    private readonly HashSet<long> _listeners = [];
    private readonly HashSet<long> _listenersNow = [];

    /// <summary>The tables, by namespace.</summary>
    public IReadOnlyDictionary<string, SocketTable> ByNamespace => _byNamespace;

    /// <summary>Reads all tables anew, each namespace through one of its processes.</summary>
    public void Scan(ProcessTable processes)
    {
        _byNamespace.Clear();
        var own = files.ReadLink("/proc/self/ns/net") ?? "";
        Read(own, "/proc/net");
        foreach (var entry in processes.ById.Values)
        {
            var space = entry.NetworkNamespace;
            if (space.Length > 0 && !_byNamespace.ContainsKey(space) && _byNamespace.Count < NamespacesMax)
            {
                Read(space, $"/proc/{entry.Id}/net");
            }
        }

        ListListeners(_listeners);
    }

    /// <summary>The name of the namespace that a process lives in; our own where it may not be known.</summary>
    public string NamespaceOf(ProcessEntry entry) =>
        _byNamespace.ContainsKey(entry.NetworkNamespace) ? entry.NetworkNamespace
            : _byNamespace.Keys.FirstOrDefault("");

    /// <summary>Whether a listener of our own namespace came or went since the last scan. Cheap.</summary>
    public bool ListenersChanged()
    {
        ListListeners(_listenersNow);
        return !_listeners.SetEquals(_listenersNow);
    }

    private void Read(string space, string folder)
    {
        var table = new SocketTable();
        if (files.Read($"{folder}/tcp", out var v4) == FileAnswer.Ok)
        {
            table.Add(v4);
        }

        if (files.Read($"{folder}/tcp6", out var v6) == FileAnswer.Ok)
        {
            table.Add(v6);
        }

        _byNamespace[space] = table;
    }

    private void ListListeners(HashSet<long> inodes)
    {
        inodes.Clear();
        foreach (var path in (ReadOnlySpan<string>)["/proc/net/tcp", "/proc/net/tcp6"])
        {
            if (files.Read(path, out var text, ListenerBytesMax) == FileAnswer.Ok)
            {
                SocketTable.AddListeners(text, inodes);
            }
        }
    }
}

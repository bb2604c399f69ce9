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
        if (!Read(own, "/proc/net"))
        {
            _byNamespace[own] = new SocketTable();
        }

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

    /// <summary>Whether a listener of our own namespace came or went since the last scan. Cheap.</summary>
    public bool ListenersChanged()
    {
        ListListeners(_listenersNow);
        return !_listeners.SetEquals(_listenersNow);
    }

    /// <summary>
    /// Reads the tables of a namespace; false when the process died meanwhile, so that another must be asked.
    /// </summary>
    private bool Read(string space, string folder)
    {
        var table = new SocketTable();
        var found = false;
        if (files.Read($"{folder}/tcp", out var v4) == FileAnswer.Ok)
        {
            table.Add(v4);
            found = true;
        }

        if (files.Read($"{folder}/tcp6", out var v6) == FileAnswer.Ok)
        {
            table.Add(v6);
            found = true;
        }

        if (found)
        {
            _byNamespace[space] = table;
        }

        return found;
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

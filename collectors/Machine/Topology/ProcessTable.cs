using System.Globalization;
using System.Text;
using Ops.Collectors.Machine.Files;
using Ops.Collectors.Machine.Readings;

namespace Ops.Collectors.Machine.Topology;

/// <summary>The processes of the machine, kernel threads and the dead left out.</summary>
/// <remarks>
/// A poll reads one line per process; command line, groups and user are read once in a process's life.
/// </remarks>
internal sealed class ProcessTable(IMachineFiles files)
{
    /// <summary>The most processes that are looked at; more are counted only.</summary>
    public const int CountMax = 32_768;

    private const int CommandLineBytesMax = 4096;

    private readonly Dictionary<int, ProcessEntry> _byId = [];
    private readonly UserNames _users = new(files);
    private readonly List<string> _names = [];
    private long _round;

    /// <summary>The processes, by number.</summary>
    public IReadOnlyDictionary<int, ProcessEntry> ById => _byId;

    /// <summary>Processes past <see cref="CountMax"/> in the last poll.</summary>
    public int Overlooked { get; private set; }

    /// <summary>Looks at all processes again.</summary>
    public void Refresh()
    {
        _round++;
        Overlooked = 0;
        files.List("/proc", _names);
        foreach (var name in _names)
        {
            if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            {
                Refresh(id);
            }
        }

        foreach (var (id, entry) in _byId)
        {
            if (entry.Round != _round)
            {
                _byId.Remove(id);
            }
        }
    }

    /// <summary>Whether a process of an earlier poll was still there in the last one.</summary>
    public bool IsAlive(ProcessEntry entry) =>
        _byId.TryGetValue(entry.Id, out var now) && now.StartTicks == entry.StartTicks;

    private void Refresh(int id)
    {
        _byId.TryGetValue(id, out var known);
        if (files.Read($"/proc/{id}/stat", out var text) != FileAnswer.Ok
            || !ProcessStat.TryParse(text, known?.KernelName, out var stat) || stat.IsKernel || stat.IsGone)
        {
            return;
        }

        if (known is null && _byId.Count >= CountMax)
        {
            Overlooked++;
            return;
        }

        if (known is null || known.StartTicks != stat.StartTicks || known.KernelName != stat.Name)
        {
            known = Meet(id, stat);
            _byId[id] = known;
        }

        known.Parent = stat.Parent;
        known.CpuTicks = stat.CpuTicks;
        known.ResidentPages = stat.ResidentPages;
        known.Round = _round;
    }

    private ProcessEntry Meet(int id, in ProcessStat stat)
    {
        files.Read($"/proc/{id}/cmdline", out var commandLine, CommandLineBytesMax);
        var arguments = Arguments(commandLine);
        files.Read($"/proc/{id}/cgroup", out var cgroup);
        var group = CgroupPath.Parse(cgroup);
        files.Read($"/proc/{id}/status", out var status);
        return new ProcessEntry
        {
            Id = id,
            StartTicks = stat.StartTicks,
            KernelName = stat.Name,
            Command = CommandName.From(arguments, files.ReadLink($"/proc/{id}/exe"), stat.Name),
            User = UserOf(status),
            Group = group,
            NetworkNamespace = files.ReadLink($"/proc/{id}/ns/net") ?? "",
        };
    }

    private static List<string> Arguments(ReadOnlySpan<byte> commandLine)
    {
        var arguments = new List<string>();
        var rest = commandLine.TrimEnd((byte)0);
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOf((byte)0);
            arguments.Add(Encoding.UTF8.GetString(end < 0 ? rest : rest[..end]));
            rest = end < 0 ? default : rest[(end + 1)..];
        }

        return arguments;
    }

    private string UserOf(ReadOnlySpan<byte> status)
    {
        var uid = MemoryInfo.Counter(status, "Uid:"u8);
        return uid is { } known ? _users.Of(known) : "";
    }
}

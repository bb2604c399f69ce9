using Ops.Collectors.Libvirt.Domains;
using Ops.Collectors.Libvirt.Native;
using Ops.Collectors.Polling;
using Ops.Model;

namespace Ops.Collectors.Libvirt;

/// <summary>The compute agent: what its pollsters and its discovery share, one connection above all.</summary>
/// <remarks>
/// libvirt is called on one thread of its own, and no call is waited for longer than the time that it has. A connection
/// that is lost is opened anew with the next call. Without the library the agent says so once and finds nothing.
/// </remarks>
public sealed class LibvirtAgent : IDisposable
{
    /// <summary>The most faults of single domains that are told apart; past it they are only counted.</summary>
    private const int SaidMax = 4096;

    private readonly LibvirtOptions _options;
    private readonly TimeProvider _time;
    private readonly Action<string>? _report;
    private readonly ILibvirt _libvirt;
    private readonly NativeThread _thread;
    private readonly InstanceReader _reader;
    private readonly HashSet<DomainFault> _said = [];
    private ILibvirtConnection? _connection;
    private bool _isSuspect;
    private volatile string? _missing;
    private string? _trouble;
    private volatile PartView _status = new("libvirt", true, "not asked yet");

    /// <summary>An agent over the libvirt of this machine; it connects when it is first asked.</summary>
    /// <param name="options">Which hypervisor.</param>
    /// <param name="time">The clock.</param>
    /// <param name="report">Told, in one line for people, of what went wrong and of what is well again.</param>
    public LibvirtAgent(LibvirtOptions options, TimeProvider time, Action<string>? report = null)
        : this(options, time, report, new NativeLibvirt())
    {
    }

    internal LibvirtAgent(LibvirtOptions options, TimeProvider time, Action<string>? report, ILibvirt libvirt)
    {
        (_options, _time, _report, _libvirt) = (options, time, report, libvirt);
        _thread = new NativeThread("libvirt", time);
        _reader = new InstanceReader(options.Host, options.NovaOnly);
    }

    /// <summary>The name of this compute host.</summary>
    public string Host => _options.Host;

    /// <summary>The hypervisor.</summary>
    public string Uri => _options.Uri;

    /// <summary>How it fares. Safe for concurrent use.</summary>
    public PartView Status() => _status;

    /// <summary>Every instance and its figures, by id; read once a round.</summary>
    /// <exception cref="LibvirtException">libvirt did not answer.</exception>
    internal Task<Dictionary<string, InstanceReading>> ReadAsync(
        PollRound round, CancellationToken cancellationToken) =>
        round.SharedAsync($"libvirt {Uri} figures", () => ReadAsync(cancellationToken));

    /// <summary>The sizes of the disks of every instance that runs, by id; read once a round.</summary>
    /// <exception cref="LibvirtException">libvirt did not answer.</exception>
    internal Task<Dictionary<string, SpaceReading>> ReadSpaceAsync(
        PollRound round, CancellationToken cancellationToken) => round.SharedAsync($"libvirt {Uri} sizes", async () =>
    {
        var instances = await ReadAsync(round, cancellationToken).ConfigureAwait(false);
        var asked = instances.Values.Where(instance => instance is { IsOn: true, Disks.Count: > 0 }).ToList();
        return await CallAsync(connection => ReadSpace(connection, asked), cancellationToken).ConfigureAwait(false)
            ?? [];
    });

    /// <summary>Every instance and its figures, now.</summary>
    /// <exception cref="LibvirtException">libvirt did not answer.</exception>
    internal async Task<Dictionary<string, InstanceReading>> ReadAsync(CancellationToken cancellationToken)
    {
        var faults = new List<DomainFault>();
        var readings = await CallAsync(
            connection => _reader.Read(
                connection.Read(), _time.GetTimestamp() / (double)_time.TimestampFrequency, faults),
            cancellationToken).ConfigureAwait(false);
        if (readings is null)
        {
            return [];
        }

        Say(faults);
        var left = faults.Count == 0 ? "" : $"; {faults.Count} domains cannot be read, one: {faults[0].Message}";
        _status = new PartView("libvirt", true, $"{Uri}: {readings.Count} instances{left}");
        return readings;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_thread.IsStuck)
        {
            _ = _thread.RunAsync(
                () =>
                {
                    Close();
                    return true;
                },
                _options.Timeout, CancellationToken.None);
        }

        _thread.Dispose();
    }

    /// <summary>Calls libvirt; null where its library is missing.</summary>
    private async Task<T?> CallAsync<T>(Func<ILibvirtConnection, T> call, CancellationToken cancellationToken)
        where T : class
    {
        if (_missing is not null)
        {
            return null;
        }

        try
        {
            var answer = await _thread.RunAsync(() => Call(call), _options.Timeout, cancellationToken)
                .ConfigureAwait(false);
            if (_trouble is not null)
            {
                _trouble = null;
                _report?.Invoke($"libvirt: {Uri} answers again");
            }

            return answer;
        }
        catch (LibvirtException e)
        {
            Note(e);
            if (e.IsLibraryMissing)
            {
                return null;
            }

            throw;
        }
    }

    private void Note(LibvirtException e)
    {
        var message = e.IsLibraryMissing ? $"{e.Message}: instances are not observed" : e.Message;
        _status = new PartView("libvirt", false, message);
        _missing = e.IsLibraryMissing ? message : null;
        _isSuspect = true;
        if (_trouble != message)
        {
            _trouble = message;
            _report?.Invoke($"libvirt: {message}");
        }
    }

    /// <summary>On libvirt's thread: connects where need be; a connection that proves lost is opened anew, once.
    /// </summary>
    private T Call<T>(Func<ILibvirtConnection, T> call)
    {
        if (_isSuspect)
        {
            _isSuspect = false;
            Close();
        }

        var isFresh = _connection is null;
        _connection ??= _libvirt.Open(Uri);
        try
        {
            return call(_connection);
        }
        catch (LibvirtException e) when (e.IsDisconnection && !isFresh)
        {
            Close();
            _connection = _libvirt.Open(Uri);
            return call(_connection);
        }
    }

    private void Close()
    {
        _connection?.Dispose();
        _connection = null;
    }

    private static Dictionary<string, SpaceReading> ReadSpace(
        ILibvirtConnection connection, List<InstanceReading> instances)
    {
        var spaces = new Dictionary<string, SpaceReading>(StringComparer.Ordinal);
        foreach (var instance in instances)
        {
            var uuid = instance.Identity.Uuid;
            try
            {
                spaces[uuid] = new SpaceReading(connection.ReadSpace(uuid, instance.Disks), IsRefused: false);
            }
            catch (LibvirtException e) when (!e.IsDisconnection)
            {
                spaces[uuid] = new SpaceReading([], e.IsPermanent);
            }
        }

        return spaces;
    }

    private void Say(List<DomainFault> faults)
    {
        foreach (var fault in faults)
        {
            if (_said.Count < SaidMax && _said.Add(fault))
            {
                _report?.Invoke($"libvirt: {fault.Message}");
            }
        }
    }
}

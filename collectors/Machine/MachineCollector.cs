using Ops.Collectors.Machine.Files;
using Ops.Collectors.Machine.Telemetry;
using Ops.Collectors.Machine.Topology;
using Ops.Model;

namespace Ops.Collectors.Machine;

/// <summary>Observes the Linux machine that the program runs on: as samples and as entities with relations.</summary>
/// <remarks>
/// One reader that fails does not stop the others: it is named once in the log, and counted. A sink that is full makes
/// the next poll wait; polls that were due meanwhile are left out.
/// </remarks>
public sealed class MachineCollector : IDisposable
{
    private readonly MachineOptions _options;
    private readonly IMachineFiles _files;
    private readonly ISampleSink _samples;
    private readonly IObservationSink _observations;
    private readonly TimeProvider _time;
    private readonly FaultLog _faults;
    private readonly ServiceMemory? _memory;
    private readonly MachineTopology _topology;
    private readonly ServiceReader _services;
    private readonly AgentReader _agent;
    private readonly IMachineReader[] _readers;
    private readonly SampleWriter _writer;
    private readonly long _startedAt;
    private volatile PartView _status = new("machine", true, "starting");

    /// <summary>A collector over the machine's own <c>/proc</c> and <c>/sys</c>.</summary>
    /// <param name="options">How often, and for how long things are remembered.</param>
    /// <param name="catalog">Where series are interned.</param>
    /// <param name="samples">Takes the samples.</param>
    /// <param name="observations">Takes the observations.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">Takes one sentence for whatever fails, once for each kind; default nobody.</param>
    /// <param name="state">Remembers services over a restart of the program; default not.</param>
    /// <exception cref="ArgumentOutOfRangeException">An interval is out of its range.</exception>
    public MachineCollector(
        MachineOptions options,
        SeriesCatalog catalog,
        ISampleSink samples,
        IObservationSink observations,
        TimeProvider time,
        Action<string>? log = null,
        IStateStore? state = null)
        : this(options, catalog, samples, observations, time, log, state, new LinuxFiles())
    {
    }

    internal MachineCollector(
        MachineOptions options, SeriesCatalog catalog, ISampleSink samples, IObservationSink observations,
        TimeProvider time, Action<string>? log, IStateStore? state, IMachineFiles files)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Interval, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.LivenessInterval, TimeSpan.FromMilliseconds(100));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.LivenessInterval, options.Interval);
        (_options, _samples, _observations, _time, _files) = (options, samples, observations, time, files);
        MachineName = (options.MachineName ?? Environment.MachineName).ToLowerInvariant();
        _startedAt = time.GetTimestamp();
        _faults = new FaultLog(log);
        _memory = state is null ? null : new ServiceMemory(state, MachineName);
        _writer = new SampleWriter(catalog);

        var parts = new MachineParts(MachineName, files);
        _topology = new MachineTopology(MachineName, files, parts, options);
        var metadata = new Dictionary<string, object?> { ["host"] = MachineName };
        var machine = new MeasuredResource(EntityTypes.MachineType, MachineName, MachineName, metadata);
        _services = new ServiceReader(MachineName, _topology.Tracker);
        _agent = new AgentReader(machine);
        _readers =
        [
            new CpuReader(machine), new MemoryReader(machine), new PressureReader(machine),
            new StorageReader(parts, new MountSizes(files, time)), new NetworkReader(machine, parts), _services, _agent,
        ];
    }

    /// <summary>The id of the machine's entity.</summary>
    public string MachineName { get; }

    /// <summary>How the collector fares. Safe for concurrent use.</summary>
    public PartView Status() => _status;

    /// <summary>Observes until cancelled: at once, then at every interval, and when a listener came or went.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        Restore();
        using var timer = new PeriodicTimer(_options.LivenessInterval, _time);
        var dueSeconds = Seconds;
        try
        {
            do
            {
                var earlySeconds = _options.LivenessInterval.TotalSeconds / 2;
                if (Seconds >= dueSeconds - earlySeconds)
                {
                    dueSeconds = Math.Max(dueSeconds, Seconds - earlySeconds) + _options.Interval.TotalSeconds;
                    await PollAsync(cancellationToken).ConfigureAwait(false);
                }
                else if (ListenersChanged())
                {
                    await PollServicesAsync(cancellationToken).ConfigureAwait(false);
                }
            }
            while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Asked to stop.
        }
    }

    /// <summary>Measures everything once, and says what changed.</summary>
    internal async Task PollAsync(CancellationToken cancellationToken)
    {
        var startedAt = _time.GetTimestamp();
        var (now, seconds) = (_time.GetUtcNow(), Seconds);
        _faults.Try("topology", () => _topology.Look(seconds));
        _writer.Begin(now, seconds);
        var poll = new MachinePoll(_files, _writer, seconds);
        _agent.PollFailures = _faults.Count;
        foreach (var reader in _readers)
        {
            _faults.Try(reader.Name, () => reader.Read(poll));
        }

        await DeliverAsync(now, seconds, cancellationToken).ConfigureAwait(false);
        _agent.PollDuration = _time.GetElapsedTime(startedAt);
    }

    /// <summary>Looks at services only, and says which are up and what changed.</summary>
    internal async Task PollServicesAsync(CancellationToken cancellationToken)
    {
        var (now, seconds) = (_time.GetUtcNow(), Seconds);
        _faults.Try("topology", () => _topology.Look(seconds));
        _writer.Begin(now, seconds);
        _services.ReadUp(_writer);
        await DeliverAsync(now, seconds, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();

    private double Seconds => _time.GetElapsedTime(_startedAt).TotalSeconds;

    private bool ListenersChanged()
    {
        var changed = false;
        _faults.Try("liveness", () => changed = _topology.ListenersChanged());
        return changed;
    }

    /// <summary>Entities go first: an alarm that a sample raises finds what it lies on.</summary>
    private async Task DeliverAsync(DateTimeOffset now, double seconds, CancellationToken cancellationToken)
    {
        var delivered = await _faults.TryAsync("graph", async () =>
        {
            var changes = _topology.Changes(now);
            if (changes.Count > 0)
            {
                await _observations.AcceptAsync(changes, cancellationToken).ConfigureAwait(false);
            }
        }).ConfigureAwait(false);
        if (!delivered)
        {
            _topology.Diff.Repeat();
        }

        await _faults.TryAsync("pipeline", () => _writer.SendAsync(_samples, cancellationToken).AsTask())
            .ConfigureAwait(false);
        if (_memory is { } memory)
        {
            _faults.Try("memory of services", () => memory.Save(_topology.Tracker, _topology.Diff, now, seconds));
        }

        _status = Describe();
    }

    private void Restore() => _faults.Try("memory of services", () =>
    {
        if (_memory?.Restore(_topology.Tracker, _topology.Diff, _time.GetUtcNow(), Seconds) is { } fault)
        {
            _faults.Say("memory of services", fault);
        }
    });

    private PartView Describe()
    {
        var tracker = _topology.Tracker;
        var down = tracker.ById.Values.Count(service => !service.IsUp);
        var detail = string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{MachineName} every {_options.Interval.TotalSeconds:0.#} s: {_writer.Sent} samples, ")
            + $"{tracker.ById.Count} services and clients ({down} down), {tracker.Endpoints.Count} endpoints";
        detail += _topology.Denied > 0
            ? $"; the open files of {_topology.Denied} processes may not be read (run as root to see whom they talk to)"
            : "";
        detail += _topology.Unowned > 0 ? $"; {_topology.Unowned} listening sockets have no known owner" : "";
        detail += _topology.Overlooked > 0 ? $"; {_topology.Overlooked} things left out, over their limits" : "";
        detail += _faults.Count > 0 ? $"; {_faults.Count} failures, last: {_faults.Last}" : "";
        return new PartView("machine", !_faults.IsFailing, detail);
    }
}

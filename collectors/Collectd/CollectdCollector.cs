using Ops.Collectors.Wire;
using Ops.Model;

namespace Ops.Collectors.Collectd;

/// <summary>Receives what collectd's plugin network sends.</summary>
public sealed class CollectdCollector : ICollector
{
    private readonly CollectdOptions _options;
    private readonly CollectorOutlets _outlets;
    private readonly PacketSecurity _security;
    private readonly ReadingSeries _series;
    private readonly DatagramPort? _port;
    private readonly SampleBatch _batch = new();
    private long _values;
    private long _left;
    private long _refused;
    private volatile string? _lastFault;

    /// <summary>A collector that listens where the options say.</summary>
    /// <exception cref="IOException">A file of types cannot be read.</exception>
    public CollectdCollector(CollectdOptions options, CollectorOutlets outlets)
    {
        (_options, _outlets) = (options, outlets);
        _security = new PacketSecurity(options);
        var types = new TypeNames();
        foreach (var file in options.TypesDb)
        {
            types.Add(File.ReadLines(file));
        }

        _series = new ReadingSeries(outlets.Catalog, types);
        _port = options.Listen is null
            ? null
            : new DatagramPort(Name, options.Listen, options.Allow, outlets.Time, outlets.Report);
    }

    /// <inheritdoc/>
    public string Name => "collectd";

    /// <summary>The port that it listens on; 0 while it does not.</summary>
    public int Port => _port?.Bound?.Port ?? 0;

    /// <inheritdoc/>
    public Task RunAsync(CancellationToken cancellationToken) =>
        _port?.RunAsync(TakeAsync, cancellationToken) ?? Task.Delay(Timeout.Infinite, cancellationToken);

    /// <inheritdoc/>
    public PartView Status() => _port is null
        ? new PartView(Name, true, "off", Essential: false)
        : new PartView(
            Name, _port.Fault is null,
            _port.Fault ?? $"{_port.Datagrams} packets, {Interlocked.Read(ref _values)} values taken, "
            + $"{Interlocked.Read(ref _left)} that are no number, {Interlocked.Read(ref _refused)} packets refused"
            + (_lastFault is { } last ? $" (the last: {last})" : "")
            + $", {_port.KernelDrops} dropped by the kernel, {_port.Refused} of senders that are not allowed, "
            + $"security {_options.Security.ToString().ToLowerInvariant()}",
            Essential: false);

    /// <summary>Takes one packet; parts before a fault are taken.</summary>
    internal async ValueTask TakeAsync(ReadOnlyMemory<byte> packet, CancellationToken cancellationToken)
    {
        var reader = new PacketReader(_security);
        if (reader.Read(packet.Span) is { } fault)
        {
            Interlocked.Increment(ref _refused);
            if (_lastFault != fault)
            {
                _lastFault = fault;
                _outlets.Report($"{Name}: a packet is refused: {fault}");
            }
        }

        var now = _outlets.Time.GetUtcNow();
        foreach (var reading in reader.Readings)
        {
            Interlocked.Add(ref _left, _series.Add(reading, now.ToUnixNs(), _batch));
        }

        if (_batch.Count > 0)
        {
            Interlocked.Add(ref _values, _batch.Count);
            await _outlets.Samples.AcceptAsync(_batch, cancellationToken).ConfigureAwait(false);
            _batch.Clear();
        }

        if (reader.Notices.Count > 0)
        {
            await _outlets.Alarms.AcceptAsync(
                [.. reader.Notices.Select(notice => NoticeAlarm.Of(notice, now))], cancellationToken)
                .ConfigureAwait(false);
        }
    }
}

using Ops.Collectors.InfluxLine;
using Ops.Collectors.Wire;
using Ops.Model;

namespace Ops.Collectors.InfluxUdp;

/// <summary>Receives Influx line protocol in datagrams.</summary>
/// <remarks>
/// Nobody is answered over UDP: refused lines and dropped datagrams are counted, and the first of a kind is reported.
/// </remarks>
public sealed class InfluxUdpCollector : ICollector
{
    /// <summary>The most kinds of fault that are reported; all are counted.</summary>
    public const int ReportedMax = 20;

    private readonly InfluxUdpOptions _options;
    private readonly CollectorOutlets _outlets;
    private readonly LineProtocolReader _reader;
    private readonly DatagramPort? _port;
    private readonly HashSet<string> _reported = [];
    private long _accepted;
    private long _refused;

    /// <summary>A collector that listens where the options say.</summary>
    public InfluxUdpCollector(InfluxUdpOptions options, CollectorOutlets outlets)
    {
        (_options, _outlets) = (options, outlets);
        _reader = new LineProtocolReader(outlets.Catalog, outlets.Time);
        _port = options.Listen is null
            ? null
            : new DatagramPort(Name, options.Listen, options.Allow, outlets.Time, outlets.Report);
    }

    /// <inheritdoc/>
    public string Name => "influx udp";

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
            _port.Fault ?? $"{_port.Datagrams} datagrams, {Interlocked.Read(ref _accepted)} lines taken, "
            + $"{Interlocked.Read(ref _refused)} refused, {_port.KernelDrops} datagrams dropped by the kernel, "
            + $"{_port.Refused} of senders that are not allowed",
            Essential: false);

    /// <summary>Takes one datagram.</summary>
    internal async ValueTask TakeAsync(ReadOnlyMemory<byte> datagram, CancellationToken cancellationToken)
    {
        using var body = _reader.Begin(_options.Database, _options.Precision, _outlets.Samples);
        await body.FeedAsync(datagram, cancellationToken).ConfigureAwait(false);
        var result = await body.FinishAsync(cancellationToken).ConfigureAwait(false);
        Interlocked.Add(ref _accepted, result.Accepted);
        Interlocked.Add(ref _refused, result.Refused);
        if (result.Faults.Count > 0 && _reported.Count < ReportedMax)
        {
            var message = result.Faults[0].Message;
            var kind = message[(message.LastIndexOf("': ", StringComparison.Ordinal) + 1)..];
            if (_reported.Add(kind))
            {
                _outlets.Report($"{Name}: a line is refused: {message}");
            }
        }
    }
}

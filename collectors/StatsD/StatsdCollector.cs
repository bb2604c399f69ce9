using Ops.Collectors.Wire;
using Ops.Model;

namespace Ops.Collectors.StatsD;

/// <summary>Receives StatsD over UDP and TCP, and hands over what came at every flush.</summary>
public sealed class StatsdCollector : ICollector
{
    private readonly StatsdOptions _options;
    private readonly CollectorOutlets _outlets;
    private readonly StatsdAggregator _aggregator;
    private readonly DatagramPort? _datagrams;
    private readonly StatsdStreams? _streams;
    private long _flushedAt;
    private string? _reported;

    /// <summary>A collector that listens where the options say.</summary>
    public StatsdCollector(StatsdOptions options, CollectorOutlets outlets)
    {
        (_options, _outlets) = (options, outlets);
        _aggregator = new StatsdAggregator(outlets.Catalog, options);
        _flushedAt = outlets.Time.GetTimestamp();
        _datagrams = options.Listen is { } udp
            ? new DatagramPort(Name, udp, options.Allow, outlets.Time, outlets.Report)
            : null;
        _streams = options.ListenTcp is { } tcp
            ? new StatsdStreams(tcp, options.Allow, outlets.Time, outlets.Report)
            : null;
    }

    /// <inheritdoc/>
    public string Name => "statsd";

    /// <summary>The port that datagrams come in at; 0 while it does not listen.</summary>
    public int Port => _datagrams?.Bound?.Port ?? 0;

    /// <summary>The port that connections come in at; 0 while it does not listen.</summary>
    public int TcpPort => _streams?.Bound?.Port ?? 0;

    private double Seconds => _outlets.Time.GetElapsedTime(0).TotalSeconds;

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        List<Task> tasks = [FlushForeverAsync(stop.Token)];
        if (_datagrams is not null)
        {
            tasks.Add(_datagrams.RunAsync((datagram, _) => Take(datagram), stop.Token));
        }

        if (_streams is not null)
        {
            tasks.Add(_streams.RunAsync(lines => Take(lines), stop.Token));
        }

        // One that ends has failed: the others end too, and whoever runs this begins anew.
        await Task.WhenAny(tasks).ConfigureAwait(false);
        await stop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(tasks).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public PartView Status()
    {
        var fault = _datagrams?.Fault ?? _streams?.Fault;
        return new PartView(
            Name, fault is null,
            fault ?? $"{_aggregator.Accepted} lines taken, {_aggregator.Refused} refused"
            + (_aggregator.LastFault is { } last ? $" (the last: {last})" : "")
            + $", {_aggregator.Count} metrics, {_datagrams?.KernelDrops ?? 0} datagrams dropped by the kernel, "
            + $"{(_datagrams?.Refused ?? 0) + (_streams?.Refused ?? 0)} of senders that are not allowed",
            Essential: false);
    }

    /// <summary>Hands over what came since the flush before.</summary>
    internal async Task FlushAsync(CancellationToken cancellationToken)
    {
        var now = _outlets.Time.GetTimestamp();
        var elapsed = Math.Max(0.001, _outlets.Time.GetElapsedTime(_flushedAt, now).TotalSeconds);
        _flushedAt = now;
        using var batch = new SampleBatch();
        _aggregator.Flush(batch, _outlets.Time.GetUtcNow().ToUnixNs(), Seconds, elapsed);
        using var part = new SampleBatch(SampleBatch.CountMax);
        for (var i = 0; i < batch.Count; i++)
        {
            part.Add(batch.Items[i]);
            if (part.Count == SampleBatch.CountMax || i == batch.Count - 1)
            {
                await _outlets.Samples.AcceptAsync(part, cancellationToken).ConfigureAwait(false);
                part.Clear();
            }
        }

        if (_aggregator.LastFault is { } fault && _reported != fault)
        {
            _reported = fault;
            _outlets.Report($"{Name}: a line was refused: {fault}");
        }
    }

    /// <summary>Takes lines.</summary>
    internal ValueTask Take(ReadOnlyMemory<byte> lines)
    {
        _aggregator.Take(lines.Span, Seconds);
        return ValueTask.CompletedTask;
    }

    private async Task FlushForeverAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(_options.FlushInterval, _outlets.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
            {
                await FlushAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            if (cancellationToken.IsCancellationRequested)
            {
                await FlushAsync(CancellationToken.None).ConfigureAwait(false);
            }
        }
    }
}

using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Ops.Collectors.Snmp.Traps;
using Ops.Collectors.Snmp.Wire;
using Ops.Model;

namespace Ops.Collectors.Snmp;

/// <summary>Receives traps and informs: each is an event, and by rule a state or an alarm.</summary>
/// <remarks>
/// An inform is answered once its event is accepted. What comes faster than it is accepted waits in a queue of
/// <see cref="QueueMax"/>; what finds it full is dropped and counted. A port that cannot be had is tried again.
/// </remarks>
/// <param name="options">What is taken from whom.</param>
/// <param name="outlets">Where it goes.</param>
/// <param name="inventory">What polling found; default nothing.</param>
public sealed class SnmpTrapCollector(
    SnmpTrapOptions options, CollectorOutlets outlets, SnmpInventory? inventory = null) : ICollector
{
    /// <summary>The most traps that wait.</summary>
    public const int QueueMax = 4096;

    private const int BatchMax = 256;
    private const int SocketBytes = 1 << 20;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);

    private readonly TrapOpener _opener = new(options, outlets.Time);
    private readonly TrapNames _names = new(options.Names);
    private readonly ConcurrentDictionary<string, long> _dropped = new();
    private readonly Channel<(SnmpTrap Trap, IPEndPoint From)> _queue = Channel.CreateBounded<(SnmpTrap, IPEndPoint)>(
        new BoundedChannelOptions(QueueMax) { SingleReader = true });

    private long _received;
    private long _accepted;
    private volatile string _problem = "starting";

    /// <inheritdoc/>
    public string Name => "snmp_traps";

    /// <summary>How many datagrams were not taken, by reason.</summary>
    internal IReadOnlyDictionary<string, long> Dropped => _dropped;

    /// <inheritdoc/>
    public PartView Status()
    {
        var drops = string.Concat(_dropped.OrderBy(one => one.Key).Select(one => $"; {one.Value} dropped: {one.Key}"));
        var problem = _problem;
        return new PartView(
            Name, problem.Length == 0,
            $"{options.Listen}: {Interlocked.Read(ref _received)} received, {Interlocked.Read(ref _accepted)} accepted"
            + drops + (problem.Length == 0 ? "" : $"; {problem}"),
            Essential: false);
    }

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await ListenAsync(cancellationToken).ConfigureAwait(false);
                await Task.Delay(RetryAfter, outlets.Time, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Asked to stop.
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var socket = new Socket(options.Listen.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        var delivery = Task.CompletedTask;
        try
        {
            socket.ReceiveBufferSize = SocketBytes;
            socket.Bind(options.Listen);
            _problem = "";
            delivery = DeliverAsync(socket, stop.Token);
            await ReceiveAsync(socket, stop.Token).ConfigureAwait(false);
        }
        catch (SocketException fault)
        {
            _problem = $"cannot listen: {fault.Message}";
            outlets.Report($"snmp_traps: cannot listen on {options.Listen}: {fault.Message}; tried again in "
                + $"{RetryAfter.TotalSeconds} s");
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await delivery.ConfigureAwait(false);
        }
    }

    private async Task ReceiveAsync(Socket socket, CancellationToken cancellationToken)
    {
        var buffer = new byte[CommunityMessage.BytesMax];
        var anyone = new IPEndPoint(
            socket.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        while (true)
        {
            var came = await socket.ReceiveFromAsync(buffer, SocketFlags.None, anyone, cancellationToken)
                .ConfigureAwait(false);
            Interlocked.Increment(ref _received);
            var from = (IPEndPoint)came.RemoteEndPoint;
            var outcome = _opener.Open(buffer[..came.ReceivedBytes], from.Address);
            if (outcome.Report is { } report)
            {
                await SendAsync(socket, report, from, cancellationToken).ConfigureAwait(false);
            }

            if (outcome.Dropped is { } reason)
            {
                Drop(reason, from);
            }
            else if (outcome.Trap is { } trap && !_queue.Writer.TryWrite((trap, from)))
            {
                Drop("queue full", from);
            }
        }
    }

    private async Task DeliverAsync(Socket socket, CancellationToken cancellationToken)
    {
        var effects = new TrapEffects(options, _names, inventory ?? new SnmpInventory());
        var batch = new List<(SnmpTrap Trap, IPEndPoint From)>();
        try
        {
            while (await _queue.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
            {
                batch.Clear();
                while (batch.Count < BatchMax && _queue.Reader.TryRead(out var one))
                {
                    batch.Add(one);
                }

                await TakeOrSayAsync(socket, batch, effects, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Asked to stop.
        }
    }

    /// <summary>Hands a batch over and answers its informs; one that fails is dropped and not answered.</summary>
    private async Task TakeOrSayAsync(
        Socket socket, List<(SnmpTrap Trap, IPEndPoint From)> batch, TrapEffects effects,
        CancellationToken cancellationToken)
    {
        try
        {
            await TakeAsync(batch, effects, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            _dropped.AddOrUpdate("not accepted", batch.Count, (_, count) => count + batch.Count);
            outlets.Report($"snmp_traps: {batch.Count} traps were not accepted: {fault.Message}");
            return;
        }

        Interlocked.Add(ref _accepted, batch.Count);
        foreach (var (trap, from) in batch)
        {
            if (trap.Reply is { } reply)
            {
                await SendAsync(socket, reply, from, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Sends an answer; a sender that cannot be reached is no reason to stop.</summary>
    private async Task SendAsync(
        Socket socket, byte[] message, IPEndPoint to, CancellationToken cancellationToken)
    {
        try
        {
            await socket.SendToAsync(message, SocketFlags.None, to, cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException)
        {
            Drop("sender out of reach", to);
        }
    }

    private async Task TakeAsync(
        List<(SnmpTrap Trap, IPEndPoint From)> batch, TrapEffects effects, CancellationToken cancellationToken)
    {
        var events = new List<Event>();
        var observations = new List<Observation>();
        var transitions = new List<AlarmTransition>();
        var now = outlets.Time.GetUtcNow();
        foreach (var (trap, _) in batch)
        {
            var host = effects.HostOf(trap);
            var made = TrapEvents.From(trap, _names, host, now);
            events.Add(made);
            effects.Apply(trap, made, host, now, observations, transitions);
        }

        if (observations.Count > 0)
        {
            await outlets.Observations.AcceptAsync(observations, cancellationToken).ConfigureAwait(false);
        }

        if (transitions.Count > 0)
        {
            await outlets.Alarms.AcceptAsync(transitions, cancellationToken).ConfigureAwait(false);
        }

        await outlets.Events.AcceptAsync(events, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Counts; says the first of each reason.</summary>
    private void Drop(string reason, IPEndPoint from)
    {
        if (_dropped.AddOrUpdate(reason, 1, (_, count) => count + 1) == 1)
        {
            outlets.Report($"snmp_traps: a message from {from.Address} was not taken: {reason}");
        }
    }
}

using System.Threading.Channels;
using Ops.Collectors.Libvirt.Domains;
using Ops.Collectors.Libvirt.Native;
using Ops.Model;

namespace Ops.Collectors.Libvirt;

/// <summary>
/// Listens to the lifecycle of the domains, so that an instance that stops is known at once and not at the next poll.
/// </summary>
/// <remarks>
/// What libvirt tells becomes an event <c>libvirt.domain.WORD</c> and, for an instance that is observed, its state in
/// the graph.
/// </remarks>
public sealed class LibvirtEventCollector : ICollector
{
    /// <summary>The most events that wait; past it the oldest are dropped and counted.</summary>
    public const int WaitingMax = 1024;

    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(10);

    private readonly LibvirtOptions _options;
    private readonly LibvirtAgent _agent;
    private readonly CollectorOutlets _outlets;
    private readonly ILibvirt _libvirt;
    private readonly Channel<(DomainEvent Event, DateTimeOffset At)> _waiting;
    private ILibvirtConnection? _connection;
    private long _received;
    private long _dropped;
    private string? _trouble;
    private volatile PartView _status = new("libvirt events", true, "starting", Essential: false);

    /// <summary>A listener over the libvirt of this machine.</summary>
    /// <param name="options">Which hypervisor.</param>
    /// <param name="agent">Reads the instances that events are about.</param>
    /// <param name="outlets">Takes events and observations.</param>
    public LibvirtEventCollector(LibvirtOptions options, LibvirtAgent agent, CollectorOutlets outlets)
        : this(options, agent, outlets, new NativeLibvirt())
    {
    }

    internal LibvirtEventCollector(
        LibvirtOptions options, LibvirtAgent agent, CollectorOutlets outlets, ILibvirt libvirt)
    {
        (_options, _agent, _outlets, _libvirt) = (options, agent, outlets, libvirt);
        _waiting = Channel.CreateBounded<(DomainEvent, DateTimeOffset)>(
            new BoundedChannelOptions(WaitingMax) { FullMode = BoundedChannelFullMode.DropOldest },
            _ => Interlocked.Increment(ref _dropped));
    }

    /// <inheritdoc/>
    public string Name => "libvirt events";

    /// <inheritdoc/>
    public PartView Status() => _status;

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var thread = new NativeThread("libvirt subscription", _outlets.Time);
        try
        {
            var handling = HandleAsync(cancellationToken);
            while (!cancellationToken.IsCancellationRequested)
            {
                try
                {
                    await thread.RunAsync(Connect, _options.Timeout, cancellationToken).ConfigureAwait(false);
                    Well();
                }
                catch (LibvirtException e)
                {
                    Note(e.Message);
                    if (e.IsLibraryMissing || e.IsPermanent)
                    {
                        break;
                    }
                }

                await Task.Delay(LookInterval, _outlets.Time, cancellationToken).ConfigureAwait(false);
            }

            await handling.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Asked to stop.
        }
        finally
        {
            await CloseAsync(thread).ConfigureAwait(false);
        }
    }

    /// <summary>On the thread of the subscription: connects and subscribes, where that is not so.</summary>
    private bool Connect()
    {
        if (_connection is { IsAlive: true })
        {
            return true;
        }

        Disconnect();
        _connection = _libvirt.Open(_options.Uri);
        try
        {
            _connection.Watch(Take);
            return true;
        }
        catch (LibvirtException)
        {
            Disconnect();
            throw;
        }
    }

    private bool Disconnect()
    {
        _connection?.Dispose();
        _connection = null;
        return true;
    }

    private async Task CloseAsync(NativeThread thread)
    {
        try
        {
            await thread.RunAsync(Disconnect, _options.Timeout, CancellationToken.None).ConfigureAwait(false);
        }
        catch (LibvirtException)
        {
            // It hangs; the process that ends closes it.
        }
    }

    private void Take(DomainEvent domainEvent)
    {
        Interlocked.Increment(ref _received);
        _waiting.Writer.TryWrite((domainEvent, _outlets.Time.GetUtcNow()));
    }

    private async Task HandleAsync(CancellationToken cancellationToken)
    {
        await foreach (var (domainEvent, at) in _waiting.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            try
            {
                await HandleAsync(domainEvent, at, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Interlocked.Increment(ref _dropped);
                _outlets.Report($"{Name}: an event of {domainEvent.Name} was not taken: {e.Message}");
            }
        }
    }

    private async Task HandleAsync(DomainEvent domainEvent, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var instances = await InstancesAsync(cancellationToken).ConfigureAwait(false);
        var instance = instances?.GetValueOrDefault(domainEvent.Uuid);
        if (DomainState.Word(domainEvent.Kind) is { } word)
        {
            await _outlets.Events.AcceptAsync([Event(domainEvent, word, instance, at)], cancellationToken)
                .ConfigureAwait(false);
        }

        if (instance is not null)
        {
            var seen = InstanceObservations.Of(instance) with { At = _outlets.Time.GetUtcNow() };
            await _outlets.Observations.AcceptAsync([seen], cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<Dictionary<string, InstanceReading>?> InstancesAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _agent.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (LibvirtException)
        {
            // The agent has said so; the event is told without what it would have known of the instance.
            return null;
        }
    }

    private static Event Event(DomainEvent domainEvent, string word, InstanceReading? instance, DateTimeOffset at)
    {
        var traits = new List<EventTrait>
        {
            new("resource_id", TraitType.Text, domainEvent.Uuid), new("instance_id", TraitType.Text, domainEvent.Uuid),
            new("instance_name", TraitType.Text, domainEvent.Name),
        };
        if (instance is not null)
        {
            traits.Add(new EventTrait("host", TraitType.Text, instance.Identity.Host));
            traits.Add(new EventTrait("display_name", TraitType.Text, instance.Identity.Name));
            traits.Add(new EventTrait("state", TraitType.Text, DomainState.Status(instance.Identity.State)));
        }

        if (instance?.Identity is { ProjectId: { } project, UserId: { } user })
        {
            traits.Add(new EventTrait("project_id", TraitType.Text, project));
            traits.Add(new EventTrait("user_id", TraitType.Text, user));
        }

        var ns = at.ToUnixNs();
        return new Event($"libvirt-{domainEvent.Uuid}-{word}-{ns}", $"libvirt.domain.{word}", ns, traits);
    }

    private void Well()
    {
        var (received, dropped) = (Interlocked.Read(ref _received), Interlocked.Read(ref _dropped));
        _status = new PartView(
            Name, true, $"{_options.Uri}: {received} events, {dropped} dropped", Essential: false);
        _trouble = null;
    }

    private void Note(string message)
    {
        _status = new PartView(Name, false, message, Essential: false);
        if (_trouble != message)
        {
            _trouble = message;
            _outlets.Report($"{Name}: {message}");
        }
    }
}

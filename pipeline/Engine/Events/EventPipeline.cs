using System.Runtime.ExceptionServices;
using Ops.Model;
using Ops.Pipeline.Configuration;
using Ops.Pipeline.Publishers;

namespace Ops.Pipeline.Events;

/// <summary>The event pipelines at work in a program: takes events and hands them to the publishers of the sinks that
/// their type leads to.</summary>
/// <remarks>
/// When <see cref="AcceptAsync"/> is done, every event is stored, or in the queue of its publishers. A publisher that
/// fails keeps no other from its events; when it has no queue (the store) the failure is thrown afterwards, so that the
/// sender brings the events again. A reload takes effect between two batches; a publisher whose address stayed the same
/// stays open. Safe for concurrent use.
/// </remarks>
public sealed class EventPipeline : IEventSink, IAsyncDisposable
{
    private readonly EventPublisherCatalog _catalog;
    private readonly Action<string>? _warn;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, IEventPublisher> _open = new(StringComparer.Ordinal);
    private Task _closing = Task.CompletedTask;
    private EventRoutes _routes;
    private EventRoutes? _next;
    private bool _isClosed;
    private long _received;
    private long _unmatched;

    /// <summary>Opens the publishers.</summary>
    /// <param name="config">The configuration to begin with.</param>
    /// <param name="publishers">Opens publishers.</param>
    /// <param name="warn">Told what an operator should know; null tells nobody.</param>
    public EventPipeline(EventPipelineConfig config, EventPublisherCatalog publishers, Action<string>? warn = null)
    {
        _catalog = publishers;
        _warn = warn;
        _routes = Routes(config);
    }

    /// <summary>Events that came in.</summary>
    public long Received => Volatile.Read(ref _received);

    /// <summary>Events that no pipeline takes.</summary>
    public long Unmatched => Volatile.Read(ref _unmatched);

    /// <summary>The configuration in force.</summary>
    public EventPipelineConfig Config => (Volatile.Read(ref _next) ?? Volatile.Read(ref _routes)).Config;

    /// <summary>The open publishers with what became of their events.</summary>
    public IReadOnlyList<PublisherState> PublisherStates
    {
        get
        {
            lock (_lock)
            {
                return [.. _open.Values.Select(one => new PublisherState(one.Address, one.Counts))];
            }
        }
    }

    /// <summary>Puts another configuration into force from the next batch on.</summary>
    public void Reload(EventPipelineConfig config)
    {
        lock (_lock)
        {
            Volatile.Write(ref _next, Routes(config));
        }
    }

    /// <inheritdoc/>
    public async ValueTask AcceptAsync(IReadOnlyList<Event> events, CancellationToken cancellationToken)
    {
        if (events.Count == 0)
        {
            return;
        }

        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_isClosed)
            {
                throw new OperationCanceledException("the event pipeline has stopped");
            }

            Adopt();
            Volatile.Write(ref _received, _received + events.Count);
            await PublishAsync(events, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Closes the entrance and the publishers, which may drain their queues for a while.</summary>
    public async ValueTask DisposeAsync()
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        _isClosed = true;
        _turn.Release();
        Task[] all;
        lock (_lock)
        {
            all = [.. _open.Values.Select(publisher => publisher.DisposeAsync().AsTask()), _closing];
        }

        await Task.WhenAll(all).ConfigureAwait(false);
    }

    private async ValueTask PublishAsync(IReadOnlyList<Event> events, CancellationToken cancellationToken)
    {
        var shares = _routes.Share(events, out var unmatched);
        Volatile.Write(ref _unmatched, _unmatched + unmatched);
        Exception? first = null;
        foreach (var (publisher, share) in shares)
        {
            try
            {
                await publisher.PublishAsync(share, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                _warn?.Invoke($"publisher '{publisher.Address}' did not take {share.Count} events: {fault.Message}");
                first ??= fault;
            }
        }

        if (first is not null)
        {
            ExceptionDispatchInfo.Throw(first);
        }
    }

    private void Adopt()
    {
        lock (_lock)
        {
            if (_next is not { } next)
            {
                return;
            }

            _next = null;
            Volatile.Write(ref _routes, next);
            foreach (var (address, publisher) in _open.ToList())
            {
                if (!next.Uses(publisher))
                {
                    _open.Remove(address);
                    _closing = Task.WhenAll(_closing, publisher.DisposeAsync().AsTask());
                }
            }
        }
    }

    private EventRoutes Routes(EventPipelineConfig config)
    {
        lock (_lock)
        {
            return new EventRoutes(config, config.Sinks.ToDictionary(
                sink => sink.Name,
                sink => (IReadOnlyList<IEventPublisher>)[.. sink.Publishers
                    .Select(address => Open(address, sink)).OfType<IEventPublisher>()]));
        }
    }

    private IEventPublisher? Open(string address, PipelineSink sink)
    {
        if (_open.TryGetValue(address, out var known))
        {
            return known;
        }

        if (_catalog.TryOpen(address, out var publisher, out var problem))
        {
            return _open[address] = publisher;
        }

        var shown = PublisherAddress.WithoutSecrets(address);
        _warn?.Invoke($"sink '{sink.Name}' of events goes without publisher '{shown}': {problem}");
        return null;
    }
}

using System.Threading.Channels;
using Ops.Model;
using Ops.Pipeline.Configuration;
using Ops.Pipeline.Publishers;

namespace Ops.Pipeline;

/// <summary>The pipelines at work in a program: takes batches, transforms them in one loop, hands them to
/// publishers.</summary>
/// <remarks>
/// <see cref="AcceptAsync"/> may be called from any thread: it copies the batch into a bounded queue, and waits when
/// that is full. Each batch is one publication: its samples pass, then what is due is flushed, then publishers get what
/// came out. A reload takes effect between two batches; a sink whose transformers stayed the same keeps their state, a
/// publisher whose address stayed the same stays open.
/// </remarks>
public sealed class SamplePipeline : ISampleSink, IAsyncDisposable
{
    private readonly SeriesCatalog _series;
    private readonly PublisherCatalog _catalog;
    private readonly SamplePipelineOptions _options;
    private readonly Channel<SampleBatch> _queue;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, IPublisher> _open = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _abort;
    private Task _closing = Task.CompletedTask;
    private PipelineStage _stage;
    private PipelineStage? _next;

    /// <summary>Opens the publishers and compiles the pipelines; <see cref="RunAsync"/> starts them.</summary>
    /// <param name="config">The configuration to begin with.</param>
    /// <param name="series">The catalogue of the samples that come in.</param>
    /// <param name="publishers">Opens publishers.</param>
    /// <param name="options">Limits, clock and warnings; null for the defaults.</param>
    public SamplePipeline(
        PipelineConfig config, SeriesCatalog series, PublisherCatalog publishers, SamplePipelineOptions? options = null)
    {
        _series = series;
        _catalog = publishers;
        _options = options ?? new SamplePipelineOptions();
        _queue = Channel.CreateBounded<SampleBatch>(
            new BoundedChannelOptions(_options.QueuedBatches)
            {
                FullMode = BoundedChannelFullMode.Wait,
                SingleReader = true,
            });
        _abort = new CancellationTokenSource(Timeout.InfiniteTimeSpan, _options.Time);
        _stage = Stage(config, new PipelineCounts());
    }

    /// <summary>What happened so far, over all configurations.</summary>
    public PipelineCounts Counts => Volatile.Read(ref _stage).Counts;

    /// <summary>The configuration in force.</summary>
    public PipelineConfig Config => (Volatile.Read(ref _next) ?? Volatile.Read(ref _stage)).Config;

    /// <summary>How many batches wait.</summary>
    public int Queued => _queue.Reader.Count;

    /// <summary>The open publishers, with their counts.</summary>
    public IReadOnlyList<IPublisher> Publishers
    {
        get
        {
            lock (_lock)
            {
                return [.. _open.Values];
            }
        }
    }

    /// <summary>The open publishers' addresses with what became of their samples.</summary>
    public IReadOnlyList<PublisherState> PublisherStates =>
        [.. Publishers.Select(one => new PublisherState(one.Address, one.Counts))];

    /// <summary>Puts another configuration into force from the next batch on.</summary>
    public void Reload(PipelineConfig config)
    {
        lock (_lock)
        {
            Volatile.Write(ref _next, Stage(config, Counts));
        }
    }

    /// <inheritdoc/>
    /// <exception cref="OperationCanceledException">It was cancelled, or the pipeline has stopped.</exception>
    public async ValueTask AcceptAsync(SampleBatch batch, CancellationToken cancellationToken)
    {
        if (batch.Count == 0)
        {
            return;
        }

        var copy = new SampleBatch(batch.Count);
        foreach (ref readonly var sample in batch.Items)
        {
            copy.Add(sample);
        }

        try
        {
            await _queue.Writer.WriteAsync(copy, cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            copy.Dispose();
            throw new OperationCanceledException("the pipeline has stopped");
        }
    }

    /// <summary>Runs until cancelled; what waits then is still taken through, for
    /// <see cref="SamplePipelineOptions.DrainTime"/>.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var closing = cancellationToken.Register(Close).ConfigureAwait(false);
        await foreach (var batch in _queue.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
        {
            try
            {
                Adopt();
                await _stage.PublishAsync(batch, _abort.Token).ConfigureAwait(false);
            }
            catch (Exception fault)
            {
                _options.Warn?.Invoke($"a batch of {batch.Count} samples was given up: {fault.Message}");
            }
            finally
            {
                batch.Dispose();
            }
        }
    }

    /// <summary>Closes the entrance and the publishers, which may drain their queues for a while. Call it after the
    /// run.</summary>
    public async ValueTask DisposeAsync()
    {
        Close();
        var all = Publishers.Select(publisher => publisher.DisposeAsync().AsTask());
        await Task.WhenAll(all.Append(_closing)).ConfigureAwait(false);
        _abort.Dispose();
    }

    private void Close()
    {
        if (_queue.Writer.TryComplete())
        {
            _abort.CancelAfter(_options.DrainTime);
        }
    }

    private void Adopt()
    {
        if (Interlocked.Exchange(ref _next, null) is not { } next)
        {
            return;
        }

        next.TakeOver(_stage);
        Volatile.Write(ref _stage, next);
        lock (_lock)
        {
            foreach (var (address, publisher) in _open.ToList())
            {
                if (!next.Uses(publisher) && _next?.Uses(publisher) != true)
                {
                    _open.Remove(address);
                    _closing = Task.WhenAll(_closing, publisher.DisposeAsync().AsTask());
                }
            }
        }
    }

    private PipelineStage Stage(PipelineConfig config, PipelineCounts counts)
    {
        var stage = new PipelineStage(config, _series, _options, counts);
        lock (_lock)
        {
            foreach (var sink in config.Sinks)
            {
                foreach (var address in sink.Publishers)
                {
                    if (Open(address, sink.Name) is { } publisher)
                    {
                        stage.Connect(sink.Name, publisher);
                    }
                }
            }
        }

        return stage;
    }

    private IPublisher? Open(string address, string sink)
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
        _options.Warn?.Invoke($"sink '{sink}' goes without publisher '{shown}': {problem}");
        return null;
    }
}

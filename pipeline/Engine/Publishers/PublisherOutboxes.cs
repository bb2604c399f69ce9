using Ops.Model;

namespace Ops.Pipeline.Publishers;

/// <summary>Collects what leaves the pipelines for each publisher, and hands it over at the end of a
/// publication.</summary>
/// <remarks>Not safe for concurrent use, except that <see cref="Publishers"/> may be read.</remarks>
internal sealed class PublisherOutboxes : IPipelineOutput
{
    private readonly Dictionary<string, Outbox[]> _bySink = new(StringComparer.Ordinal);
    private readonly List<Outbox> _all = [];
    private PipelineRoute? _lastRoute;
    private Outbox[] _lastOutboxes = [];

    /// <summary>Those that have an outbox.</summary>
    public IEnumerable<IPublisher> Publishers => _all.Select(outbox => outbox.Publisher);

    /// <summary>Lets a sink's output go to a publisher; sinks with the same one share its outbox.</summary>
    public void Connect(string sink, IPublisher publisher)
    {
        var outbox = _all.Find(known => ReferenceEquals(known.Publisher, publisher));
        if (outbox is null)
        {
            outbox = new Outbox(publisher, new SampleBatch());
            _all.Add(outbox);
        }

        _bySink[sink] = [.. _bySink.GetValueOrDefault(sink, []), outbox];
    }

    public void Publish(PipelineRoute route, in Sample sample)
    {
        if (!ReferenceEquals(route, _lastRoute))
        {
            _lastRoute = route;
            _lastOutboxes = _bySink.GetValueOrDefault(route.Sink.Name, []);
        }

        foreach (var outbox in _lastOutboxes)
        {
            outbox.Batch.Add(sample);
        }
    }

    /// <summary>Hands every outbox to its publisher and empties it.</summary>
    public async ValueTask SendAsync(CancellationToken cancellationToken)
    {
        foreach (var outbox in _all)
        {
            if (outbox.Batch.Count == 0)
            {
                continue;
            }

            try
            {
                await outbox.Publisher.PublishAsync(outbox.Batch, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                outbox.Batch.Clear();
            }
        }
    }

    private sealed record Outbox(IPublisher Publisher, SampleBatch Batch);
}

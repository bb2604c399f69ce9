using Ops.Model;

namespace Ops.Pipeline.Publishers;

/// <summary>Hands batches straight to a sink of our own (<c>store://</c>): no queue, the sink's pace is the
/// pipeline's.</summary>
/// <param name="address">Its address.</param>
/// <param name="sink">The sink: the store, or what fans out to store and alarms.</param>
/// <param name="warn">Told of failures.</param>
public sealed class StorePublisher(string address, ISampleSink sink, Action<string>? warn = null) : IPublisher
{
    private readonly PublisherLedger _ledger = new();

    /// <inheritdoc/>
    public string Address => address;

    /// <inheritdoc/>
    public PublisherCounts Counts => _ledger.Snapshot();

    /// <inheritdoc/>
    public async ValueTask PublishAsync(SampleBatch batch, CancellationToken cancellationToken)
    {
        var count = batch.Count;
        _ledger.Receive(count);
        try
        {
            await sink.AcceptAsync(batch, cancellationToken).ConfigureAwait(false);
            _ledger.Send(count);
        }
        catch (OperationCanceledException)
        {
            _ledger.Drop("stopped", count);
        }
        catch (Exception fault)
        {
            var total = _ledger.Drop("failed", count);
            warn?.Invoke($"publisher '{address}' dropped {total} samples so far (failed): {fault.Message}");
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

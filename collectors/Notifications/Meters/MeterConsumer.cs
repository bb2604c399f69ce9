using Ops.Model;

namespace Ops.Collectors.Notifications.Meters;

/// <summary>
/// Makes samples of notifications of the priorities info and sample, and hands them over. Safe for concurrent use.
/// </summary>
/// <param name="definitions">What makes which sample.</param>
/// <param name="conversion">Secret and metadata.</param>
/// <param name="outlets">Takes the samples.</param>
public sealed class MeterConsumer(
    MeterDefinitions definitions, NotificationConversion conversion, CollectorOutlets outlets) : INotificationConsumer
{
    private volatile MeterDefinitions _definitions = definitions;

    /// <summary>What was made and what was left out.</summary>
    public NotificationTally Tally { get; } = new();

    /// <summary>Makes what comes from now on by other definitions.</summary>
    public void Reload(MeterDefinitions definitions) => _definitions = definitions;

    /// <inheritdoc/>
    public async ValueTask ConsumeAsync(Notification notification, CancellationToken cancellationToken)
    {
        if (notification.Priority is not ("info" or "sample"))
        {
            return;
        }

        var maker = new SampleMaker(outlets.Catalog, Tally);
        var samples = NotificationMeters.Read(notification, _definitions, conversion, maker, Tally);
        using var batch = new SampleBatch(16);
        foreach (var sample in samples)
        {
            batch.Add(sample);
            if (batch.Count == SampleBatch.CountMax)
            {
                await SendAsync(batch, cancellationToken).ConfigureAwait(false);
            }
        }

        if (batch.Count > 0)
        {
            await SendAsync(batch, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask SendAsync(SampleBatch batch, CancellationToken cancellationToken)
    {
        await outlets.Samples.AcceptAsync(batch, cancellationToken).ConfigureAwait(false);
        Tally.Make(batch.Count);
        batch.Clear();
    }
}

using Ops.Model;

namespace Ops.Collectors.Polling;

/// <summary>Hands over what pollsters found, one call's findings at a time: entities first, so that an alarm that a
/// sample raises finds what it lies on.</summary>
internal sealed class PollDelivery(PollingOptions options, CollectorOutlets outlets, PollingTally tally, TroubleLog log)
    : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private readonly SampleOutbox _outbox = new();
    private readonly SeriesSlots _slots = new(outlets.Catalog, options.SeriesMax);
    private volatile bool _isFailing;

    /// <summary>Whether the newest delivery failed.</summary>
    public bool IsFailing => _isFailing;

    /// <summary>Hands over what one call found.</summary>
    public async Task SendAsync(DateTimeOffset at, PollFindings findings, CancellationToken cancellationToken)
    {
        if (findings.Samples.Count == 0 && findings.Observations.Count == 0)
        {
            return;
        }

        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (findings.Observations.Count > 0)
            {
                await outlets.Observations.AcceptAsync(findings.Observations, cancellationToken).ConfigureAwait(false);
                tally.Observe(findings.Observations.Count);
            }

            Gather(at.ToUnixNs(), findings.Samples);
            var gathered = _outbox.Count;
            tally.Drop(gathered);
            var sent = await _outbox.SendAsync(outlets.Samples, cancellationToken).ConfigureAwait(false);
            tally.Send(sent);
            tally.Drop(-sent);
            _isFailing = false;
            log.Heal("delivery", "polling: what is polled is taken again");
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            _isFailing = true;
            log.Say("delivery", $"polling: what was polled is not taken: {fault.Message}");
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _outbox.Dispose();
        _gate.Dispose();
    }

    private void Gather(long timestampNs, IReadOnlyList<PolledSample> samples)
    {
        var (noNumber, noRoom) = (0, 0);
        foreach (var sample in samples)
        {
            if (!double.IsFinite(sample.Volume))
            {
                noNumber++;
            }
            else if (_slots.TryFind(sample, out var series, out var context))
            {
                _outbox.Add(new Sample(series, context, timestampNs, sample.Volume, sample.MonotonicSeconds));
            }
            else
            {
                noRoom++;
            }
        }

        tally.Drop(noNumber + noRoom);
        if (noRoom > 0)
        {
            log.Say(
                "series", $"polling: there are {options.SeriesMax} series already; samples of new ones are dropped");
        }
    }
}

using Ops.Collectors.Machine.Meters;
using Ops.Model;

namespace Ops.Collectors.Machine.Telemetry;

/// <summary>Gathers the samples of one poll, which all bear the poll's time, and hands them over in batches.</summary>
internal sealed class SampleWriter(SeriesCatalog catalog) : IDisposable
{
    private readonly List<SampleBatch> _batches = [new SampleBatch()];
    private int _filling;
    private long _timestampNs;
    private double _monotonicSeconds;

    /// <summary>How many samples were handed over since the start.</summary>
    public long Sent { get; private set; }

    /// <summary>Sets the time of what follows.</summary>
    public void Begin(DateTimeOffset now, double monotonicSeconds)
    {
        _timestampNs = now.ToUnixNs();
        _monotonicSeconds = monotonicSeconds;
    }

    /// <summary>Adds a sample; a value that is no number or infinite is none.</summary>
    public void Add(MachineMeter meter, MeasuredResource resource, double value)
    {
        if (!double.IsFinite(value))
        {
            return;
        }

        if (_batches[_filling].Count == SampleBatch.CountMax)
        {
            _filling++;
            if (_filling == _batches.Count)
            {
                _batches.Add(new SampleBatch());
            }
        }

        var (series, context) = resource.Slot(meter, catalog);
        _batches[_filling].Add(new Sample(series, context, _timestampNs, value, _monotonicSeconds));
    }

    /// <summary>Adds a sample of a count, where there is one.</summary>
    public void AddKnown(MachineMeter meter, MeasuredResource resource, long? count)
    {
        if (count is { } known)
        {
            Add(meter, resource, known);
        }
    }

    /// <summary>Hands everything over, waiting where the sink is full, and starts anew.</summary>
    public async ValueTask SendAsync(ISampleSink sink, CancellationToken cancellationToken)
    {
        var last = _filling;
        _filling = 0;
        try
        {
            for (var i = 0; i <= last; i++)
            {
                if (_batches[i].Count > 0)
                {
                    await sink.AcceptAsync(_batches[i], cancellationToken).ConfigureAwait(false);
                    Sent += _batches[i].Count;
                }
            }
        }
        finally
        {
            foreach (var batch in _batches)
            {
                batch.Clear();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var batch in _batches)
        {
            batch.Dispose();
        }
    }
}

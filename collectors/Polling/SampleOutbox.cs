using Ops.Model;

namespace Ops.Collectors.Polling;

/// <summary>Gathers samples and hands them over in batches of at most <see cref="SampleBatch.CountMax"/>.</summary>
/// <remarks>Not safe for concurrent use. A sink that fails loses what was gathered; the caller says so.</remarks>
internal sealed class SampleOutbox : IDisposable
{
    private readonly List<SampleBatch> _batches = [new SampleBatch()];
    private int _filling;

    /// <summary>How many samples wait.</summary>
    public int Count => (_filling * SampleBatch.CountMax) + _batches[_filling].Count;

    /// <summary>Adds a sample.</summary>
    public void Add(in Sample sample)
    {
        if (_batches[_filling].Count == SampleBatch.CountMax)
        {
            _filling++;
            if (_filling == _batches.Count)
            {
                _batches.Add(new SampleBatch());
            }
        }

        _batches[_filling].Add(sample);
    }

    /// <summary>Forgets what waits.</summary>
    public void Clear()
    {
        _filling = 0;
        foreach (var batch in _batches)
        {
            batch.Clear();
        }
    }

    /// <summary>Hands everything over, waiting where the sink is full, and starts anew.</summary>
    /// <returns>How many samples were taken.</returns>
    public async ValueTask<int> SendAsync(ISampleSink sink, CancellationToken cancellationToken)
    {
        var sent = 0;
        try
        {
            for (var i = 0; i <= _filling; i++)
            {
                if (_batches[i].Count > 0)
                {
                    await sink.AcceptAsync(_batches[i], cancellationToken).ConfigureAwait(false);
                    sent += _batches[i].Count;
                }
            }

            return sent;
        }
        finally
        {
            Clear();
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

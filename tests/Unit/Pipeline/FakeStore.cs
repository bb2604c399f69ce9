using Ops.Model;

namespace Ops.Unit.Pipeline;

/// <summary>A sink that keeps what it takes.</summary>
internal sealed class FakeStore : ISampleSink
{
    private readonly SemaphoreSlim _came = new(0);

    public List<double> Volumes { get; } = [];

    public List<int> Batches { get; } = [];

    public Exception? FailOnce { get; set; }

    public ValueTask AcceptAsync(SampleBatch batch, CancellationToken cancellationToken)
    {
        if (FailOnce is { } fault)
        {
            FailOnce = null;
            throw fault;
        }

        Batches.Add(batch.Count);
        foreach (ref readonly var sample in batch.Items)
        {
            Volumes.Add(sample.Volume);
            _came.Release();
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Waits until so many more samples came.</summary>
    public async Task Seen(int count)
    {
        for (var i = 0; i < count; i++)
        {
            if (!await _came.WaitAsync(TimeSpan.FromSeconds(10)))
            {
                throw new TimeoutException("the samples did not come");
            }
        }
    }
}

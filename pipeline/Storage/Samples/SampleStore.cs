using Ops.Model;
using Ops.Storage.Files;

namespace Ops.Storage.Samples;

/// <summary>Keeps samples on disk and answers range queries. Safe for concurrent use.</summary>
/// <remarks>
/// Samples wait in memory until the next flush, at most <see cref="StoreOptions.FlushEvery"/>; a query flushes first,
/// so it sees what was written before it. A sample of the same series and time as an earlier one replaces it.
/// </remarks>
public sealed class SampleStore : ISampleSink
{
    private static readonly TimeSpan RetryFirst = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RetryMax = TimeSpan.FromSeconds(30);

    private readonly SeriesRegistry _registry;
    private readonly SampleBuffer _buffer;
    private readonly ISampleFile _file;
    private readonly PointReader _points;
    private readonly StoreOptions _options;
    private readonly TimeProvider _time;
    private readonly Action<string> _report;
    private readonly SemaphoreSlim _writing;
    private readonly SemaphoreSlim _early = new(0, 1);
    private TimeSpan _retryAfter = RetryFirst;
    private DateTimeOffset _retryAt;
    private volatile string? _lastError;

    internal SampleStore(
        SeriesRegistry registry, ISampleFile file, DuckFile reads, SemaphoreSlim writing,
        StoreOptions options, TimeProvider time, Action<string> report)
    {
        _registry = registry;
        _file = file;
        _points = new PointReader(reads);
        _writing = writing;
        _options = options;
        _time = time;
        _report = report;
        _buffer = new SampleBuffer(registry, options.QueuedRowsMax, time);
    }

    /// <summary>What became of the samples, how many series there are, and what went wrong last.</summary>
    public SampleStoreStatus Status() => new(_buffer.Counts(), _registry.Count, _lastError);

    internal SeriesRegistry Registry => _registry;

    internal PointReader Points => _points;

    internal SampleBuffer Buffer => _buffer;

    /// <inheritdoc/>
    /// <remarks>Copies the samples. When memory is full the caller waits for a flush; while the disk takes nothing, the
    /// oldest waiting samples make room instead and are counted.</remarks>
    public ValueTask AcceptAsync(SampleBatch batch, CancellationToken cancellationToken)
    {
        var taken = _buffer.Add(batch.Items);
        if (_buffer.Queued >= _options.FlushRows)
        {
            WakeWriter();
        }

        return taken == batch.Count ? ValueTask.CompletedTask : AcceptRestAsync(batch, taken, cancellationToken);
    }

    /// <summary>Flushes every <see cref="StoreOptions.FlushEvery"/>, or sooner when much waits, until
    /// cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            using var sooner = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            try
            {
                var timer = Task.Delay(_options.FlushEvery, _time, sooner.Token);
                await Task.WhenAny(timer, _early.WaitAsync(sooner.Token));
                await sooner.CancelAsync();
                cancellationToken.ThrowIfCancellationRequested();
                await FlushAsync(cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    /// <summary>Puts on disk what waits.</summary>
    /// <returns>Whether nothing is left waiting of what was accepted before the call.</returns>
    public Task<bool> FlushAsync(CancellationToken cancellationToken) =>
        FlushAsync(evenIfItJustFailed: false, cancellationToken);

    internal async Task<bool> FlushAsync(bool evenIfItJustFailed, CancellationToken cancellationToken)
    {
        if (_buffer.IsEmpty)
        {
            return true;
        }

        await _writing.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(() => Flush(evenIfItJustFailed), CancellationToken.None);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>The meters that have samples, by name.</summary>
    public Task<IReadOnlyList<MeterView>> MetersAsync(CancellationToken cancellationToken) =>
        Task.FromResult(MeterQueries.Meters(_registry));

    /// <summary>The series of a meter (all when null), optionally of one resource, with their newest values.</summary>
    public Task<IReadOnlyList<SeriesView>> SeriesAsync(
        string? meter, string? resourceId, CancellationToken cancellationToken) =>
        Task.FromResult(MeterQueries.Series(_registry, meter, resourceId));

    /// <summary>Points of series over a time range; buckets are aligned to the epoch and stand at their
    /// start.</summary>
    /// <exception cref="ArgumentException">The aggregate is unknown, or the width is not above zero.</exception>
    /// <exception cref="QueryLimitException">There are too many points or buckets.</exception>
    public async Task<IReadOnlyList<SeriesPointsView>> RangeAsync(
        RangeRequest request, CancellationToken cancellationToken)
    {
        await FlushAsync(cancellationToken);
        return await MeterQueries.RangeAsync(_registry, _points, request, cancellationToken);
    }

    private async ValueTask AcceptRestAsync(SampleBatch batch, int taken, CancellationToken cancellationToken)
    {
        while (taken < batch.Count)
        {
            if (!await FlushAsync(cancellationToken))
            {
                _buffer.DropOldest();
            }

            taken += _buffer.Add(batch.Items[taken..]);
        }
    }

    private bool Flush(bool evenIfItJustFailed)
    {
        if (!evenIfItJustFailed && _lastError is not null && _time.GetUtcNow() < _retryAt)
        {
            return false;
        }

        var (columns, series) = _buffer.Take();
        try
        {
            _file.Write(columns, series, SampleBuffer.HourOf(_time));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            _buffer.Failed(columns, series);
            Refused(e);
            return false;
        }

        _buffer.Stored(columns);
        if (_lastError is not null)
        {
            _lastError = null;
            _retryAfter = RetryFirst;
            _report("the store writes to disk again");
        }

        return true;
    }

    private void Refused(Exception e)
    {
        if (_lastError is null)
        {
            _report($"the store cannot write to disk, keeps the newest {_options.QueuedRowsMax} samples in memory "
                + $"and tries again: {e.Message}");
        }

        _lastError = e.Message;
        _retryAt = _time.GetUtcNow() + _retryAfter;
        _retryAfter = _retryAfter * 2 > RetryMax ? RetryMax : _retryAfter * 2;
        try
        {
            _file.Recover();
        }
        catch (Exception again) when (again is not OutOfMemoryException)
        {
            _lastError = $"{e.Message}; reopening failed too: {again.Message}";
        }
    }

    private void WakeWriter()
    {
        try
        {
            _early.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is awake already.
        }
    }
}

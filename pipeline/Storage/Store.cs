using Ops.Model;
using Ops.Storage.Events;
using Ops.Storage.Files;
using Ops.Storage.History;
using Ops.Storage.InfluxQl;
using Ops.Storage.Samples;
using Ops.Storage.State;

namespace Ops.Storage;

/// <summary>Everything that a server keeps on disk, in one locked folder: samples, events and state.</summary>
/// <remarks>Open it, run it, dispose it; disposing flushes and closes cleanly. A process that dies instead loses at
/// most what came in since the last flush.</remarks>
public sealed class Store : IAsyncDisposable
{
    private readonly DataFolder _folder;
    private readonly DuckFile _duck;
    private readonly SampleFile _samples;
    private readonly SqliteStateStore _state;
    private readonly StoreOptions _options;
    private readonly TimeProvider _time;
    private readonly Action<string> _report;
    private readonly SemaphoreSlim _writing = new(1);

    private Store(DataFolder folder, DuckFile duck, SqliteStateStore state, SeriesCatalog catalog,
        StoreOptions options, TimeProvider time, Action<string> report)
    {
        (_folder, _duck, _state, _options, _time, _report) = (folder, duck, state, options, time, report);
        _samples = new SampleFile(duck);
        var registry = new SeriesRegistry();
        _samples.Load(catalog, registry);
        Samples = new SampleStore(registry, _samples, duck, _writing, options, time, report);
        Events = new EventStore(duck, _writing);
        AlarmHistory = new AlarmHistory(duck, _writing, time, report);
        InfluxQl = new InfluxQlEngine(Samples, time);
    }

    /// <summary>The samples.</summary>
    public SampleStore Samples { get; }

    /// <summary>The events.</summary>
    public EventStore Events { get; }

    /// <summary>When alarms came and went.</summary>
    public AlarmHistory AlarmHistory { get; }

    /// <summary>Answers InfluxQL over the samples.</summary>
    public InfluxQlEngine InfluxQl { get; }

    /// <summary>Alarm states, the graph's facts and other documents.</summary>
    public IStateStore State => _state;

    /// <summary>The folder's full path.</summary>
    public string Folder => _folder.Path;

    /// <summary>Opens the folder's files, making them where there are none.</summary>
    /// <param name="path">The data folder, such as <c>./ops-data</c>.</param>
    /// <param name="catalog">Gets every series that has samples, so that ids and series go on.</param>
    /// <param name="options">Limits and retention.</param>
    /// <param name="time">The clock of flushes and retention.</param>
    /// <param name="report">Takes a sentence when something is broken or well again, for the log; null for
    /// nobody.</param>
    /// <exception cref="StoreException">Another process holds the folder, or a file is broken.</exception>
    public static Store Open(
        string path, SeriesCatalog catalog, StoreOptions options, TimeProvider time, Action<string>? report = null)
    {
        var folder = DataFolder.Open(path);
        DuckFile? duck = null;
        SqliteStateStore? state = null;
        try
        {
            duck = DuckFile.Open(folder.SamplesFile, options, time, report ?? (_ => { }));
            state = new SqliteStateStore(folder.StateFile);
            return new Store(folder, duck, state, catalog, options, time, report ?? (_ => { }));
        }
        catch
        {
            state?.Dispose();
            duck?.Dispose();
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Flushes samples and deletes what is too old, until cancelled.</summary>
    public Task RunAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(
            Samples.RunAsync(cancellationToken),
            AlarmHistory.RunAsync(cancellationToken),
            RetainAsync(cancellationToken));

    /// <summary>Deletes what is too old now.</summary>
    /// <remarks>An hour of samples at a time, so that flushes go on in between.</remarks>
    public async Task ApplyRetentionAsync(CancellationToken cancellationToken)
    {
        var before = _time.GetUtcNow() - _options.Retention.Raw;
        var (beforeNs, beforeHour) = (before.ToUnixNs(), (int)(before.ToUnixTimeSeconds() / 3600));
        while (await WriteAsync(() => _samples.DeleteOlder(beforeNs, beforeHour), cancellationToken))
        {
        }

        Samples.Buffer.Expire(beforeNs, beforeHour);
        var eventsBeforeNs = (_time.GetUtcNow() - _options.Retention.Events).ToUnixNs();
        await WriteAsync(
            () =>
            {
                Events.DeleteOlder(eventsBeforeNs);
                AlarmHistory.DeleteOlder(eventsBeforeNs);
                return true;
            },
            cancellationToken);
    }

    /// <summary>Flushes, folds the log into the file and closes everything.</summary>
    public async ValueTask DisposeAsync()
    {
        await AlarmHistory.FlushAsync(CancellationToken.None);
        await Samples.FlushAsync(evenIfItJustFailed: true, CancellationToken.None);
        _duck.Dispose();
        _state.Dispose();
        _folder.Dispose();
    }

    private async Task RetainAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(_options.Retention.Every, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                await RetainOnceAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private async Task RetainOnceAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ApplyRetentionAsync(cancellationToken);
        }
        catch (DuckDB.NET.Data.DuckDBException e)
        {
            _report($"old samples could not be deleted, tried again in {_options.Retention.Every}: {e.Message}");
        }
    }

    private async Task<bool> WriteAsync(Func<bool> write, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(write, CancellationToken.None);
        }
        finally
        {
            _writing.Release();
        }
    }
}

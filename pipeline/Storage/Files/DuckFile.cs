using System.Globalization;
using DuckDB.NET.Data;

namespace Ops.Storage.Files;

/// <summary>One DuckDB file: a connection that writes, and a bounded number that read beside it.</summary>
internal sealed class DuckFile : IDisposable
{
    private readonly string _settings;
    private readonly StoreOptions _options;
    private readonly SemaphoreSlim _readers;
    private DuckDBConnection _writer;

    private DuckFile(string path, string settings, DuckDBConnection writer, StoreOptions options)
    {
        Path = path;
        _settings = settings;
        _writer = writer;
        _options = options;
        _readers = new SemaphoreSlim(options.ReadersMax);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The connection that writes; for one caller at a time.</summary>
    public DuckDBConnection Writer => _writer;

    /// <summary>Opens or makes a file; a broken log is cut to what can be read of it.</summary>
    /// <param name="path">The file; its log is the same name with <c>.wal</c>.</param>
    /// <param name="options">Memory and readers.</param>
    /// <param name="time">Dates the copy of a broken log.</param>
    /// <param name="report">Takes a sentence about a log that was broken.</param>
    /// <exception cref="StoreException">The file is broken or another process holds it.</exception>
    public static DuckFile Open(string path, StoreOptions options, TimeProvider time, Action<string> report)
    {
        var settings = string.Create(
            CultureInfo.InvariantCulture,
            $"DataSource={path};memory_limit={options.MemoryMb}MB;"
            + $"autoinstall_known_extensions=false;autoload_known_extensions=false");
        try
        {
            return new DuckFile(path, settings, Connect(settings), options);
        }
        catch (DuckDBException e) when (File.Exists(path + ".wal") && !IsHeld(e))
        {
            return new DuckFile(
                path, settings, BrokenLog.Recover(path, settings, e, time.GetUtcNow(), report), options);
        }
        catch (DuckDBException e)
        {
            throw new StoreException(
                IsHeld(e)
                    ? $"{path} is in use by another process: {e.Message}"
                    : $"{path} cannot be opened: {e.Message}. Move it away to start with an empty one", e);
        }
    }

    /// <summary>Runs a query on a connection of its own, on a pool thread.</summary>
    /// <param name="query">Gets the connection; what it starts is interrupted when time is up.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TimeoutException">It took longer than the options allow.</exception>
    public async Task<T> ReadAsync<T>(
        Func<DuckDBConnection, CancellationToken, T> query, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_options.QueryTimeout);
        try
        {
            await _readers.WaitAsync(limit.Token);
            try
            {
                return await Task.Run(() => Query(query, limit.Token), limit.Token);
            }
            finally
            {
                _readers.Release();
            }
        }
        catch (Exception e) when (limit.IsCancellationRequested && e is DuckDBException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new TimeoutException($"query took longer than {_options.QueryTimeout.TotalSeconds:0.#} s", e);
        }
    }

    /// <summary>Closes every connection and opens the file anew: DuckDB refuses all work after a fatal write
    /// error.</summary>
    public void Reopen()
    {
        for (var i = 0; i < _options.ReadersMax; i++)
        {
            _readers.Wait();
        }

        try
        {
            _writer.Dispose();
            _writer = Connect(_settings);
        }
        finally
        {
            _readers.Release(_options.ReadersMax);
        }
    }

    /// <summary>Runs a statement on the writing connection.</summary>
    /// <returns>How many rows it touched.</returns>
    public int Execute(string sql)
    {
        using var command = _writer.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    }

    /// <summary>Closes the writing connection, which folds the log into the file.</summary>
    public void Dispose()
    {
        _writer.Dispose();
        _readers.Dispose();
    }

    internal static DuckDBConnection Connect(string settings)
    {
        var connection = new DuckDBConnection(settings);
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static bool IsHeld(DuckDBException e) => e.Message.Contains("lock on file", StringComparison.Ordinal);

    private T Query<T>(Func<DuckDBConnection, CancellationToken, T> query, CancellationToken cancellationToken)
    {
        using var connection = Connect(_settings);
        return query(connection, cancellationToken);
    }
}

using System.Text.Json;
using DuckDB.NET.Data;
using Ops.Model;
using Ops.Storage.Files;

namespace Ops.Storage.Events;

/// <summary>Keeps events beside the samples. Safe for concurrent use.</summary>
public sealed class EventStore : IEventSink
{
    /// <summary>The most events that one query returns.</summary>
    public const int CountMax = 10_000;

    private readonly DuckFile _file;
    private readonly SemaphoreSlim _writing;
    private readonly Lock _lock = new();
    private List<Waiting> _waiting = [];

    internal EventStore(DuckFile file, SemaphoreSlim writing)
    {
        _file = file;
        _writing = writing;
        file.Execute(
            "CREATE TABLE IF NOT EXISTS events "
            + "(message_id VARCHAR, event_type VARCHAR, generated_ns BIGINT, traits VARCHAR, raw VARCHAR)");
    }

    /// <summary>Writes events; they are on disk when it returns.</summary>
    /// <remarks>Those that come while another write is under way go to disk together.</remarks>
    /// <exception cref="StoreException">The disk refused; none of the call was written.</exception>
    public async ValueTask AcceptAsync(IReadOnlyList<Event> events, CancellationToken cancellationToken)
    {
        if (events.Count == 0)
        {
            return;
        }

        var mine = new Waiting(events);
        lock (_lock)
        {
            _waiting.Add(mine);
        }

        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!mine.Done.Task.IsCompleted)
            {
                await Task.Run(WriteWaiting, CancellationToken.None).ConfigureAwait(false);
            }
        }
        finally
        {
            _writing.Release();
        }

        await mine.Done.Task.ConfigureAwait(false);
    }

    /// <summary>Events of a time range, newest first.</summary>
    /// <param name="type">A pattern of the event type (<c>*</c>, <c>?</c>, <c>[]</c>), or null for all.</param>
    /// <param name="fromNs">From, inclusive.</param>
    /// <param name="toNs">To, exclusive.</param>
    /// <param name="countMax">The most that are returned, at most <see cref="CountMax"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<IReadOnlyList<Event>> QueryAsync(
        string? type, long fromNs, long toNs, int countMax, CancellationToken cancellationToken) =>
        _file.ReadAsync(
            (connection, _) =>
                Query(connection, type, fromNs, toNs, Math.Clamp(countMax, 0, CountMax)), cancellationToken);

    internal void DeleteOlder(long beforeNs)
    {
        using var command = _file.Writer.CreateCommand();
        command.CommandText = "DELETE FROM events WHERE generated_ns < $before";
        command.Parameters.Add(new DuckDBParameter("before", beforeNs));
        command.ExecuteNonQuery();
    }

    private static IReadOnlyList<Event> Query(
        DuckDBConnection connection, string? type, long fromNs, long toNs, int countMax)
    {
        using var command = connection.CreateCommand();
        command.CommandText =
            "SELECT message_id, event_type, generated_ns, traits, raw FROM events "
            + "WHERE generated_ns >= $from AND generated_ns < $to AND ($type IS NULL OR event_type GLOB $type) "
            + "ORDER BY generated_ns DESC, rowid DESC LIMIT $max";
        command.Parameters.Add(new DuckDBParameter("from", fromNs));
        command.Parameters.Add(new DuckDBParameter("to", toNs));
        command.Parameters.Add(new DuckDBParameter("type", type));
        command.Parameters.Add(new DuckDBParameter("max", (long)countMax));
        using var reader = command.ExecuteReader();
        var events = new List<Event>();
        while (reader.Read())
        {
            events.Add(new Event(
                reader.GetString(0), reader.GetString(1), reader.GetInt64(2),
                JsonSerializer.Deserialize<List<EventTrait>>(reader.GetString(3)) ?? [],
                reader.IsDBNull(4) ? null : reader.GetString(4)));
        }

        return events;
    }

    private void WriteWaiting()
    {
        List<Waiting> all;
        lock (_lock)
        {
            (all, _waiting) = (_waiting, []);
        }

        try
        {
            Append(all.SelectMany(one => one.Events));
            all.ForEach(one => one.Done.SetResult());
        }
        catch (DuckDBException fault)
        {
            foreach (var one in all)
            {
                one.Done.SetException(new StoreException(
                    $"{_file.Path}: {one.Events.Count} events not written: {fault.Message}", fault));
            }
        }
    }

    private void Append(IEnumerable<Event> events)
    {
        using var transaction = _file.Writer.BeginTransaction();
        using (var appender = _file.Writer.CreateAppender("events"))
        {
            foreach (var item in events)
            {
                appender.CreateRow()
                    .AppendValue(item.MessageId)
                    .AppendValue(item.Type)
                    .AppendValue(item.GeneratedNs)
                    .AppendValue(JsonSerializer.Serialize(item.Traits))
                    .AppendValue(item.Raw)
                    .EndRow();
            }
        }

        transaction.Commit();
    }

    private sealed record Waiting(IReadOnlyList<Event> Events)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

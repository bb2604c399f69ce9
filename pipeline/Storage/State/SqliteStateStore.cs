using Microsoft.Data.Sqlite;
using Ops.Model;

namespace Ops.Storage.State;

/// <summary>Keeps documents in one SQLite file. Safe for concurrent use; every write is on disk when it
/// returns.</summary>
public sealed class SqliteStateStore : IStateStore, IDisposable
{
    private const int SchemaVersion = 1;

    private readonly SqliteConnection _connection;
    private readonly Lock _gate = new();

    /// <summary>Opens or makes the file.</summary>
    /// <param name="path">The file, such as <c>ops-data/state.db</c>.</param>
    /// <exception cref="StoreException">The file is broken, locked, or written by a newer version.</exception>
    public SqliteStateStore(string path)
    {
        var settings = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 5 };
        _connection = new SqliteConnection(settings.ConnectionString);
        try
        {
            _connection.Open();
            Execute("PRAGMA journal_mode=WAL");
            Execute("PRAGMA synchronous=FULL");
            Migrate(path);
        }
        catch (SqliteException e)
        {
            _connection.Dispose();
            throw new StoreException($"{path}: the state store cannot be opened: {e.Message}", e);
        }
        catch (StoreException)
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public byte[]? Read(string area, string key)
    {
        lock (_gate)
        {
            using var command = Command("SELECT value FROM documents WHERE area = $area AND key = $key");
            command.Parameters.AddWithValue("$area", area);
            command.Parameters.AddWithValue("$key", key);
            return command.ExecuteScalar() as byte[];
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, byte[]>> ReadAll(string area)
    {
        lock (_gate)
        {
            using var command = Command("SELECT key, value FROM documents WHERE area = $area ORDER BY key");
            command.Parameters.AddWithValue("$area", area);
            using var reader = command.ExecuteReader();
            var documents = new List<KeyValuePair<string, byte[]>>();
            while (reader.Read())
            {
                documents.Add(KeyValuePair.Create(reader.GetString(0), (byte[])reader.GetValue(1)));
            }

            return documents;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="StoreException">The disk refused; nothing was changed.</exception>
    public void Write(IReadOnlyList<StateChange> changes)
    {
        if (changes.Count == 0)
        {
            return;
        }

        lock (_gate)
        {
            try
            {
                using var transaction = _connection.BeginTransaction();
                using var set = Command(
                    "INSERT INTO documents (area, key, value) VALUES ($area, $key, $value) "
                    + "ON CONFLICT (area, key) DO UPDATE SET value = excluded.value");
                using var remove = Command("DELETE FROM documents WHERE area = $area AND key = $key");
                foreach (var change in changes)
                {
                    Apply(change, change.Value is null ? remove : set);
                }

                transaction.Commit();
            }
            catch (SqliteException e)
            {
                throw new StoreException(
                    $"{_connection.DataSource}: {changes.Count} changes not written: {e.Message}", e);
            }
        }
    }

    /// <summary>Folds the log into the file and closes it.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _connection.Dispose();
        }
    }

    private static void Apply(in StateChange change, SqliteCommand command)
    {
        command.Parameters.Clear();
        command.Parameters.AddWithValue("$area", change.Area);
        command.Parameters.AddWithValue("$key", change.Key);
        if (change.Value is not null)
        {
            command.Parameters.AddWithValue("$value", change.Value);
        }

        command.ExecuteNonQuery();
    }

    private void Migrate(string path)
    {
        using var read = Command("PRAGMA user_version");
        var version = Convert.ToInt32(read.ExecuteScalar(), null);
        if (version > SchemaVersion)
        {
            throw new StoreException(
                $"{path}: written by a newer version of Ops (schema {version}, this program knows {SchemaVersion})");
        }

        if (version < SchemaVersion)
        {
            Execute(
                "BEGIN; CREATE TABLE documents (area TEXT NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL, "
                + $"PRIMARY KEY (area, key)) WITHOUT ROWID; PRAGMA user_version = {SchemaVersion}; COMMIT");
        }
    }

    private SqliteCommand Command(string sql)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }

    private void Execute(string sql)
    {
        using var command = Command(sql);
        command.ExecuteNonQuery();
    }
}

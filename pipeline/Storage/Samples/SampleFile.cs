using DuckDB.NET.Data;
using Ops.Model;
using Ops.Storage.Files;

namespace Ops.Storage.Samples;

/// <summary>The tables of samples and series in DuckDB.</summary>
/// <remarks>
/// <c>samples(series, time_ns, value, hour)</c> in order of arrival, so a sample written again stands after the first;
/// <c>series</c> is a log of what was said of each series: the last row of an id holds.
/// </remarks>
internal sealed class SampleFile : ISampleFile
{
    private const int SchemaVersion = 1;

    /// <summary>Superseded series rows that are put up with before the log is written anew.</summary>
    private const int SupersededMax = 10_000;

    private readonly DuckFile _file;
    private long _seriesRows;
    private long _seriesIds;

    /// <summary>Makes or checks the tables.</summary>
    /// <exception cref="StoreException">A newer version of Ops wrote the file.</exception>
    public SampleFile(DuckFile file)
    {
        _file = file;
        file.Execute("CREATE TABLE IF NOT EXISTS ops_schema (version INTEGER)");
        file.Execute(
            "CREATE TABLE IF NOT EXISTS samples (series INTEGER, time_ns BIGINT, value DOUBLE, hour INTEGER)");
        file.Execute(
            "CREATE TABLE IF NOT EXISTS series (id INTEGER, meter VARCHAR, resource_id VARCHAR, resource_type VARCHAR, "
            + "resource_name VARCHAR, measurement VARCHAR, field VARCHAR, database VARCHAR, dimensions VARCHAR, "
            + "kind VARCHAR, unit VARCHAR, project_id VARCHAR, user_id VARCHAR, source VARCHAR, metadata VARCHAR)");
        CheckVersion();
    }

    /// <summary>
    /// Interns every series that has samples into the catalog and puts it into the registry with its newest one.
    /// Rows of series whose samples are all gone are deleted.
    /// </summary>
    public void Load(SeriesCatalog catalog, SeriesRegistry registry)
    {
        _file.Execute("DELETE FROM series WHERE id NOT IN (SELECT DISTINCT series FROM samples)");
        var byId = new Dictionary<int, StoredSeries>();
        _seriesRows = SeriesRows.Load(_file.Writer, (id, series, context) =>
        {
            if (byId.TryGetValue(id, out var known))
            {
                known.Context = context;
            }
            else
            {
                byId[id] = registry.Restore(id, SeriesRows.Intern(catalog, series), context);
            }
        });
        _seriesIds = byId.Count;
        LoadNewest(byId);
    }

    /// <inheritdoc/>
    public void Write(IReadOnlyList<SampleColumns> columns, IReadOnlyList<StoredSeries> series, int hour)
    {
        using var transaction = _file.Writer.BeginTransaction();
        if (series.Count > 0)
        {
            SeriesRows.Append(_file.Writer, series);
        }

        if (columns.Count > 0)
        {
            Append(columns, hour);
        }

        transaction.Commit();
        _seriesRows += series.Count;
        _seriesIds = Math.Max(_seriesIds, series.Count == 0 ? 0 : series.Max(s => s.Id));
        if (_seriesRows > (_seriesIds * 2) + SupersededMax)
        {
            Compact();
        }
    }

    /// <inheritdoc/>
    public void Recover() => _file.Reopen();

    /// <summary>Deletes samples that are older and were written earlier than given, at most an hour of them at
    /// once.</summary>
    /// <returns>Whether there may be more.</returns>
    public bool DeleteOlder(long beforeNs, int beforeHour)
    {
        using var command = _file.Writer.CreateCommand();
        command.CommandText = "SELECT min(hour) FROM samples WHERE time_ns < $before AND hour < $hour";
        command.Parameters.Add(new DuckDBParameter("before", beforeNs));
        command.Parameters.Add(new DuckDBParameter("hour", beforeHour));
        if (command.ExecuteScalar() is not int oldest)
        {
            return false;
        }

        using var delete = _file.Writer.CreateCommand();
        delete.CommandText = "DELETE FROM samples WHERE time_ns < $before AND hour <= $oldest";
        delete.Parameters.Add(new DuckDBParameter("before", beforeNs));
        delete.Parameters.Add(new DuckDBParameter("oldest", oldest));
        return delete.ExecuteNonQuery() > 0;
    }

    /// <summary>Folds the log into the file.</summary>
    public void Checkpoint() => _file.Execute("CHECKPOINT");

    private void LoadNewest(Dictionary<int, StoredSeries> byId)
    {
        using var command = _file.Writer.CreateCommand();
        command.CommandText =
            "SELECT series, max(time_ns), arg_max(value, time_ns), max(hour) FROM samples GROUP BY series";
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            if (byId.TryGetValue(reader.GetInt32(0), out var series))
            {
                series.LastNs = reader.GetInt64(1);
                series.LastValue = reader.GetDouble(2);
                series.WrittenHour = reader.GetInt32(3);
            }
        }
    }

    private void Append(IReadOnlyList<SampleColumns> columns, int hour)
    {
        using var appender = new ChunkAppender(_file.Writer, "samples");
        foreach (var column in columns)
        {
            for (var from = 0; from < column.Count; from += ChunkAppender.RowsMax)
            {
                var rows = Math.Min(ChunkAppender.RowsMax, column.Count - from);
                column.Series.Slice(from, rows).CopyTo(appender.Column<int>(0));
                column.TimesNs.Slice(from, rows).CopyTo(appender.Column<long>(1));
                column.Values.Slice(from, rows).CopyTo(appender.Column<double>(2));
                appender.Column<int>(3)[..rows].Fill(hour);
                appender.Append(rows);
            }
        }

        appender.Complete();
    }

    private void Compact()
    {
        using var transaction = _file.Writer.BeginTransaction();
        _file.Execute(
            "DELETE FROM series WHERE rowid NOT IN (SELECT max(rowid) FROM series GROUP BY id)");
        transaction.Commit();
        _seriesRows = _seriesIds;
    }

    private void CheckVersion()
    {
        using var command = _file.Writer.CreateCommand();
        command.CommandText = "SELECT max(version) FROM ops_schema";
        var version = command.ExecuteScalar() as int?;
        if (version > SchemaVersion)
        {
            throw new StoreException(
                $"{_file.Path}: written by a newer version of Ops "
                + $"(schema {version}, this program knows {SchemaVersion})");
        }

        if (version is null)
        {
            _file.Execute($"INSERT INTO ops_schema VALUES ({SchemaVersion})");
        }
    }
}

using System.Globalization;
using System.Text;
using DuckDB.NET.Data;
using Ops.Storage.Files;

namespace Ops.Storage.Samples;

/// <summary>Reads the points of series over a time range.</summary>
internal sealed class PointReader(DuckFile file)
{
    /// <summary>The most points that one query reads (16 bytes each).</summary>
    public const int PointsMax = 20_000_000;

    /// <summary>Up to so many series are named to DuckDB; of more, their whole range of ids is read and sifted
    /// here.</summary>
    private const int NamedSeriesMax = 1000;

    private const int RowsPerCheck = 65_536;

    /// <summary>The points of each series in a range, both ends included.</summary>
    /// <exception cref="QueryLimitException">There are more than <see cref="PointsMax"/>.</exception>
    /// <exception cref="TimeoutException">It took too long.</exception>
    public async Task<IReadOnlyDictionary<int, Points>> ReadAsync(
        IReadOnlyCollection<int> series, long fromNs, long toNs, CancellationToken cancellationToken)
    {
        if (series.Count == 0 || fromNs > toNs)
        {
            return series.ToDictionary(id => id, _ => Points.None);
        }

        return await file.ReadAsync(
            (connection, token) => Read(connection, series, fromNs, toNs, token), cancellationToken);
    }

    private static Dictionary<int, Points> Read(
        DuckDBConnection connection, IReadOnlyCollection<int> series, long fromNs, long toNs, CancellationToken token)
    {
        var (low, high) = (series.Min(), series.Max());
        var slots = new Points?[high - low + 1];
        var found = new Dictionary<int, Points>(series.Count);
        foreach (var id in series)
        {
            slots[id - low] = found[id] = new Points();
        }

        using var command = connection.CreateCommand();
        command.CommandText = Sql(series, low, high);
        command.Parameters.Add(new DuckDBParameter("from", fromNs));
        command.Parameters.Add(new DuckDBParameter("to", toNs));
        using var interrupt = token.Register(command.Cancel);
        using var reader = command.ExecuteReader();
        var total = 0;
        while (reader.Read())
        {
            if (slots[reader.GetInt32(0) - low] is not { } points)
            {
                continue;
            }

            points.Add(reader.GetInt64(1), reader.GetDouble(2));
            if (++total % RowsPerCheck == 0)
            {
                token.ThrowIfCancellationRequested();
                QueryLimitException.ThrowIfAbove("points", total, PointsMax);
            }
        }

        foreach (var points in found.Values)
        {
            points.Settle();
        }

        return found;
    }

    private static string Sql(IReadOnlyCollection<int> series, int low, int high)
    {
        var sql = new StringBuilder(
            "SELECT series, time_ns, value FROM samples WHERE time_ns BETWEEN $from AND $to AND series ");
        return series.Count <= NamedSeriesMax
            ? sql.Append("IN (").AppendJoin(',', series).Append(')').ToString()
            : sql.Append(CultureInfo.InvariantCulture, $"BETWEEN {low} AND {high}").ToString();
    }
}

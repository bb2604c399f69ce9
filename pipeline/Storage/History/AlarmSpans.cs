using System.Text.Json;
using DuckDB.NET.Data;
using Ops.Model;

namespace Ops.Storage.History;

/// <summary>Puts the moments of each alarm together.</summary>
internal static class AlarmSpans
{
    private const string Spans =
        "SELECT min(at_ns) AS start_ns, max(at_ns) FILTER (is_end) AS end_ns, arg_max(alarm, at_ns) AS alarm "
        + "FROM alarm_moments GROUP BY alarm_id";

    /// <summary>Alarms without an end.</summary>
    public static IReadOnlyList<AlarmView> Open(DuckDBConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT start_ns, end_ns, alarm FROM ({Spans}) WHERE end_ns IS NULL";
        return [.. Read(command).Select(span => span.Alarm)];
    }

    /// <summary>Alarms that began before the end of a range and did not end before its beginning.</summary>
    public static IReadOnlyList<AlarmSpanView> Between(
        DuckDBConnection connection, long fromNs, long toNs, int countMax)
    {
        using var command = connection.CreateCommand();
        command.CommandText =
            $"SELECT start_ns, end_ns, alarm FROM ({Spans}) "
            + "WHERE start_ns < $to AND (end_ns IS NULL OR end_ns >= $from) ORDER BY start_ns DESC LIMIT $max";
        command.Parameters.Add(new DuckDBParameter("from", fromNs));
        command.Parameters.Add(new DuckDBParameter("to", toNs));
        command.Parameters.Add(new DuckDBParameter("max", (long)countMax));
        return Read(command);
    }

    private static List<AlarmSpanView> Read(DuckDBCommand command)
    {
        using var reader = command.ExecuteReader();
        var spans = new List<AlarmSpanView>();
        while (reader.Read())
        {
            if (JsonSerializer.Deserialize<AlarmView>(reader.GetString(2)) is { } alarm)
            {
                spans.Add(new AlarmSpanView(
                    alarm, Timestamps.FromUnixNs(reader.GetInt64(0)),
                    reader.IsDBNull(1) ? null : Timestamps.FromUnixNs(reader.GetInt64(1))));
            }
        }

        return spans;
    }
}

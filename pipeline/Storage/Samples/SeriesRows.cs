using DuckDB.NET.Data;
using Ops.Model;

namespace Ops.Storage.Samples;

/// <summary>What identifies a series on disk.</summary>
internal readonly record struct SeriesKey(
    string Meter, string ResourceId, Tags Dimensions, string Measurement, string Field, string? Database);

/// <summary>Reads and appends rows of the series table.</summary>
internal static class SeriesRows
{
    private const string Columns =
        "id, meter, resource_id, resource_type, resource_name, measurement, field, database, dimensions, "
        + "kind, unit, project_id, user_id, source, metadata";

    /// <summary>The one series object of that identity.</summary>
    public static Series Intern(SeriesCatalog catalog, in SeriesKey key) =>
        catalog.Intern(key.Meter, key.ResourceId, key.Dimensions, key.Measurement, key.Field, key.Database);

    /// <summary>Reads all rows in order of writing.</summary>
    /// <returns>How many there were.</returns>
    public static long Load(DuckDBConnection connection, Action<int, SeriesKey, SampleContext> take)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {Columns} FROM series ORDER BY rowid";
        using var reader = command.ExecuteReader();
        var rows = 0L;
        while (reader.Read())
        {
            var key = new SeriesKey(
                reader.GetString(1), reader.GetString(2), SampleContexts.TagsOf(reader.GetString(8)),
                reader.GetString(5), reader.GetString(6), Text(reader, 7));
            take(reader.GetInt32(0), key, ContextOf(reader));
            rows++;
        }

        return rows;
    }

    /// <summary>Appends a row for each series as it is now.</summary>
    public static void Append(DuckDBConnection connection, IReadOnlyList<StoredSeries> all)
    {
        using var appender = connection.CreateAppender("series");
        foreach (var stored in all)
        {
            var (series, context) = (stored.Series, stored.Context);
            appender.CreateRow()
                .AppendValue(stored.Id)
                .AppendValue(series.Meter)
                .AppendValue(series.ResourceId)
                .AppendValue(context.ResourceType)
                .AppendValue(context.ResourceName)
                .AppendValue(series.Measurement)
                .AppendValue(series.Field)
                .AppendValue(series.Database)
                .AppendValue(SampleContexts.ToJson(series.Dimensions))
                .AppendValue(context.Kind.Word())
                .AppendValue(context.Unit)
                .AppendValue(context.ProjectId)
                .AppendValue(context.UserId)
                .AppendValue(context.Source)
                .AppendValue(SampleContexts.ToJson(context.Metadata))
                .EndRow();
        }
    }

    private static SampleContext ContextOf(DuckDBDataReader reader)
    {
        MeterKinds.TryParse(reader.GetString(9), out var kind);
        return new SampleContext
        {
            Kind = kind,
            ResourceType = Text(reader, 3),
            ResourceName = Text(reader, 4),
            Unit = reader.GetString(10),
            ProjectId = Text(reader, 11),
            UserId = Text(reader, 12),
            Source = reader.GetString(13),
            Metadata = SampleContexts.MetadataOf(reader.GetString(14)),
        };
    }

    private static string? Text(DuckDBDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetString(column);
}

using Ops.Storage.InfluxQl.Syntax;

namespace Ops.Storage.InfluxQl.Execution;

/// <summary>Answers a SHOW from the series that have samples.</summary>
internal sealed class ShowExecution(StrandSource source, string? database)
{
    /// <summary>The database that polled meters are listed under.</summary>
    public const string OwnDatabase = "ops";

    /// <summary>The tables of the answer.</summary>
    public IReadOnlyList<ResultSeries> Run(ShowStatement show) => show.Kind switch
    {
        ShowKind.Databases =>
            [Table("databases", ["name"], source.Databases().Prepend(OwnDatabase).Distinct().Select(Row))],
        ShowKind.RetentionPolicies =>
        [
            Table(
                null, ["name", "duration", "shardGroupDuration", "replicaN", "default"],
                [[
                    Cell.OfText("autogen"), Cell.OfText("0s"), Cell.OfText("168h0m0s"), Cell.OfNumber(1),
                    Cell.OfTruth(true),
                ]]),
        ],
        ShowKind.Measurements => Measurements(show),
        ShowKind.Series => Series(show),
        ShowKind.TagKeys => ByMeasurement(show, ["tagKey"], strands => strands
            .SelectMany(strand => strand.Tags.Select(tag => tag.Key)).Distinct()
            .Order(StringComparer.Ordinal).Select(Row)),
        ShowKind.TagValues => ByMeasurement(show, ["key", "value"], strands => strands
            .SelectMany(strand => strand.Tags).Where(tag => show.Keys!(tag.Key)).Distinct()
            .OrderBy(tag => tag.Key, StringComparer.Ordinal).ThenBy(tag => tag.Value, StringComparer.Ordinal)
            .Select(tag => new[] { Cell.OfText(tag.Key), Cell.OfText(tag.Value) })),
        _ => ByMeasurement(show, ["fieldKey", "fieldType"], strands => strands
            .SelectMany(strand => strand.FieldNames).Distinct().Order(StringComparer.Ordinal)
            .Select(field => new[] { Cell.OfText(field), Cell.OfText("float") })),
    };

    private static Cell[] Row(string text) => [Cell.OfText(text)];

    private static ResultSeries Table(string? name, IReadOnlyList<string> columns, IEnumerable<Cell[]> rows) =>
        new(name, null, columns, [.. rows]);

    private IReadOnlyList<ResultSeries> Measurements(ShowStatement show)
    {
        var names = Strands(show).Select(strand => strand.Measurement).Distinct();
        var rows = show.Paging.Rows(names.Select(Row)).ToList();
        return rows.Count == 0 ? [] : [Table("measurements", ["name"], rows)];
    }

    private IReadOnlyList<ResultSeries> Series(ShowStatement show)
    {
        var rows = show.Paging.Rows(Strands(show).Select(strand => Row(Key(strand)))).ToList();
        return rows.Count == 0 ? [] : [Table(null, ["key"], rows)];
    }

    private IReadOnlyList<ResultSeries> ByMeasurement(
        ShowStatement show, IReadOnlyList<string> columns, Func<IEnumerable<Strand>, IEnumerable<Cell[]>> list)
    {
        var tables = Strands(show)
            .GroupBy(strand => strand.Measurement)
            .Select(group => Table(group.Key, columns, show.Paging.Rows(list(group))))
            .Where(table => table.Rows.Count > 0);
        return [.. show.Paging.Series(tables)];
    }

    private IEnumerable<Strand> Strands(ShowStatement show)
    {
        var strands = source.Find(show.Sources, show.Database ?? database);
        if (show.Condition is null || Condition.Of(show.Condition, 0, null).Rest is not { } rest)
        {
            return strands;
        }

        var schema = new Schema([]);
        return strands.Where(strand => RowCondition.Reduce(rest, strand, schema) is TruthLiteral { Value: true });
    }

    private static string Key(Strand strand) =>
        string.Join(',', strand.Tags
            .Select(tag => $"{Escaped(tag.Key)}={Escaped(tag.Value)}")
            .Prepend(Escaped(strand.Measurement)));

    private static string Escaped(string text) =>
        text.Replace(",", "\\,", StringComparison.Ordinal).Replace("=", "\\=", StringComparison.Ordinal)
            .Replace(" ", "\\ ", StringComparison.Ordinal);
}
